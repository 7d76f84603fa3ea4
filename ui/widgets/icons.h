// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QColor>
#include <QIcon>
#include <QRectF>

#include <string_view>

class QPainter;

namespace fairlead::ui {

/// Our own icons: paths on a 16 grid, drawn with one pen in any colour of the tokens.
enum class Icon {
    Account,
    Address,
    Api,
    Apply,
    Arrow,
    Begin, ///< of what is played
    Binding,
    Budget,
    Certificate,
    Chart,
    Check,
    Claim,
    Clock,
    Close,
    Columns,
    Component,
    Config,
    Container,
    Copy,
    CronJob,
    Custom, ///< a kind that nobody drew
    DaemonSet,
    Deployment,
    Device,
    Diagnose,
    DockBottom,
    DockRight,
    Down,
    Edit,
    End, ///< of what is played
    Endpoints,
    Event,
    External,
    Eye,
    Fairlead,
    File,
    Filter,
    Flow,
    Folder,
    Gear,
    Grip,
    History,
    Info,
    Ingress,
    Job,
    Journal,
    Keyboard,
    Lease,
    Left,
    Lock,
    Moon,
    More,
    Namespace,
    Node,
    Overview,
    Pause,
    Play,
    Plus,
    Pod,
    Policy,
    Priority,
    Quota,
    Read, ///< read again, start again
    Record,
    ReplicaSet,
    Right,
    Role,
    Runtime,
    Save,
    Scaler,
    Search,
    Secret,
    Service,
    Shield,
    SideBar,
    StatefulSet,
    Storage,
    Sun,
    Table,
    Tape, ///< a recording
    Terminal,
    Token,
    Trash,
    Tree,
    Unlock,
    Up,
    Volume,
    Webhook,
    Wheel, ///< clusters
    Wrap,
};

inline constexpr int icons = int(Icon::Wrap) + 1;

/// The icon that facts call by this name ("cronjob": lower case, one word); Custom where there is none.
[[nodiscard]] Icon iconNamed(std::string_view name);
[[nodiscard]] std::string_view iconName(Icon icon);

inline constexpr qreal iconStroke = 1.3; ///< of a 16 px icon: 1.5 is heavier than the text beside it

/// Drawn in the middle of `rect`, 16 px per 16 grid units unless `rect` is another size; on whole device pixels. Kept as a pixmap
/// by icon, colour, size and device scale in Qt's own bounded cache.
void drawIcon(QPainter &painter, const QRectF &rect, Icon icon, const QColor &colour, qreal stroke = iconStroke);

/// For Qt's own controls (actions of a menu, tabs): sharp at every scale, faint where the control is disabled, in the theme's colour of
/// the moment. `theme` outlives it.
[[nodiscard]] QIcon iconOf(const Theme &theme, Icon icon, Ink ink = &Tokens::muted);

} // namespace fairlead::ui
