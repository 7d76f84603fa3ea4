// SPDX-License-Identifier: GPL-3.0-or-later
// The main() of a fuzz target where no fuzzer is linked: every file of the corpus goes through the target once, so that
// what fuzzing once found stays found in each ordinary test run. Prints what a Qt Test program prints.
#include "support/paths.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

int main(int argc, char **argv)
{
    namespace fs = std::filesystem;
    const auto start = std::chrono::steady_clock::now();
    const std::string target = FAIRLEAD_FUZZ_TARGET;
    const std::string corpus = argc > 1 ? argv[1] : fairlead::test::sourcePath("tests/fuzz/corpus/" + target);
    std::vector<fs::path> files;
    std::error_code error;
    for (const fs::directory_entry &entry : fs::directory_iterator(corpus, error)) {
        if (entry.is_regular_file())
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::printf("********* Start testing of %s *********\n", target.c_str());
    int passed = 0;
    int failed = 0;
    const auto judge = [&](const std::string &name, const std::string &bytes, bool readable) {
        // A crash ends the program before its PASS line; the FAIL line of an unreadable file is for a broken checkout.
        if (readable) {
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size());
            ++passed;
        } else {
            ++failed;
        }
        std::printf("%s : %s::replay(%s)\n", readable ? "PASS  " : "FAIL! ", target.c_str(), name.c_str());
        std::fflush(stdout);
    };
    for (const fs::path &path : files) {
        std::ifstream in(path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        judge(path.filename().string(), bytes, in.good() || in.eof());
    }
    if (files.empty()) {
        std::printf("FAIL!  : %s::replay() no corpus in %s\n", target.c_str(), corpus.c_str());
        ++failed;
    }
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    std::printf("Totals: %d passed, %d failed, 0 skipped, 0 blacklisted, %lldms\n", passed, failed, static_cast<long long>(spent.count()));
    std::printf("********* Finished testing of %s *********\n", target.c_str());
    return failed == 0 ? 0 : 1;
}
