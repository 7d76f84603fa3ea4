// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/waitingpage.h"

#include <utility>

namespace fairlead::ui {

WaitingPage::WaitingPage(Destination destination, QString title, Icon icon, Make make)
    : m_destination(std::move(destination))
    , m_title(std::move(title))
    , m_icon(icon)
    , m_make(std::move(make))
{
}

} // namespace fairlead::ui
