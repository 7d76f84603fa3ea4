// SPDX-License-Identifier: GPL-3.0-or-later

// Command cronoracle answers what the cron job controller's own library makes of a schedule: a JSON line in, a JSON line out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

type question struct {
	Schedule string `json:"schedule"`
	Zone     string `json:"zone"`
	// Unix seconds and nanoseconds.
	From  int64 `json:"from"`
	Nanos int64 `json:"nanos"`
	Count int   `json:"count"`
}

type answer struct {
	// Why the schedule or the zone is refused.
	Refused string   `json:"refused,omitempty"`
	Zone    bool     `json:"zone,omitempty"`
	Times   []int64  `json:"times"`
	Texts   []string `json:"texts"`
	// The library has not come back.
	Stuck bool `json:"stuck,omitempty"`
}

// Longer than five years of minutes take, the most that it ever looks through.
const patience = 5 * time.Second

func answerTo(q question) answer {
	if _, err := time.LoadLocation(q.Zone); err != nil {
		return answer{Refused: err.Error(), Zone: true}
	}
	// As the API server's validateScheduleFormat: first as it stands, then the word.
	if strings.Contains(q.Schedule, "TZ") {
		return answer{Refused: "TZ"}
	}
	if _, err := cron.ParseStandard(q.Schedule); err != nil {
		return answer{Refused: err.Error()}
	}
	// As the controller's formatSchedule.
	schedule, err := cron.ParseStandard(fmt.Sprintf("TZ=%s %s", q.Zone, q.Schedule))
	if err != nil {
		return answer{Refused: err.Error()}
	}
	location, _ := time.LoadLocation(q.Zone)
	var out answer
	at := time.Unix(q.From, q.Nanos).In(location)
	for len(out.Times) < q.Count {
		at = schedule.Next(at)
		if at.IsZero() || at.UTC().Year() > 9999 {
			break
		}
		out.Times = append(out.Times, at.Unix())
		out.Texts = append(out.Texts, at.Format(time.RFC3339))
	}
	return out
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var q question
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		done := make(chan answer, 1)
		go func() { done <- answerTo(q) }()
		var result answer
		select {
		case result = <-done:
		case <-time.After(patience):
			result = answer{Stuck: true}
		}
		if err := out.Encode(result); err != nil {
			os.Exit(1)
		}
	}
}
