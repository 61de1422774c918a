// What the test beds of umockdev share: they say where their bed is, and do what standard input
// tells them line by line until it ends.
#pragma once

#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>

#include <umockdev.h>
#include <unistd.h>

namespace cartwatch::test {

using Obey = std::function<void(const std::string& line)>;

struct MockLoop {
    Obey obey;
    GMainLoop* loop = g_main_loop_new(nullptr, FALSE);
};

inline int take_mock_line(GIOChannel* channel, GIOCondition, void* data) {
    const auto* mock = static_cast<const MockLoop*>(data);
    gchar* line = nullptr;
    if (g_io_channel_read_line(channel, &line, nullptr, nullptr, nullptr) != G_IO_STATUS_NORMAL) {
        g_main_loop_quit(mock->loop);
        return FALSE;
    }
    do {
        mock->obey(line);
        g_free(line);
        line = nullptr;
    } while ((g_io_channel_get_buffer_condition(channel) & G_IO_IN) != 0
             && g_io_channel_read_line(channel, &line, nullptr, nullptr, nullptr)
                    == G_IO_STATUS_NORMAL);
    return TRUE;
}

// Until standard input ends.
inline void run_mock(Obey obey) {
    MockLoop mock{std::move(obey)};
    GIOChannel* input = g_io_channel_unix_new(STDIN_FILENO);
    g_io_add_watch(input, static_cast<GIOCondition>(G_IO_IN | G_IO_HUP), take_mock_line, &mock);
    std::cout << "bed " << std::getenv("UMOCKDEV_DIR") << std::endl;
    g_main_loop_run(mock.loop);
    g_main_loop_unref(mock.loop);
}

} // namespace cartwatch::test
