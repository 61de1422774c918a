// cartwatch-scanner: the process that owns input devices and decodes pictures, so that neither can
// take the daemon down. Started by the daemon; the words on the command line are for that.
#include "scanner/devices/scanner_loop.hpp"
#include "scanner/pictures/decode_server.hpp"

#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

using namespace cartwatch;

constexpr int unusable = 2;
constexpr int machine_failed = 3;

// 64 KiB: 32 scanners of 2 KiB each.
constexpr std::size_t devices_bytes_max = std::size_t{64} << 10;

constexpr const char* usage =
    "cartwatch-scanner --decode\n"
    "    decodes pictures from standard input, one answer line each (schema/scanner.md)\n"
    "cartwatch-scanner --socket PATH [--devices FILE]\n"
    "    sends the scans of the devices in FILE to the daemon that listens on PATH; without FILE\n"
    "    one line on standard input names the devices, and its end is the end of the process\n"
    "    the file is what the daemon makes of the [[scanner]] tables of ward.toml, a device by "
    "its\n"
    "    USB ids and serial number, its path or its address:\n"
    "      "
    "{\"devices\":[{\"name\":\"gun\",\"station\":\"3F\",\"kind\":\"keyboard\",\"vendor\":\"0c2e\","
    "\n"
    "                  \"product\":\"0b61\",\"serial\":\"\",\"layout\":\"us\"}]}\n"
    "    kinds: keyboard, hid_pos, serial, network_listen, network_connect\n"
    "cartwatch-scanner --help\n";

struct Arguments {
    bool decode = false;
    bool help = false;
    std::string socket;
    std::string devices;
};

bool parse_arguments(const std::vector<std::string>& words, Arguments& arguments) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool has_value = i + 1 < words.size();
        if (words[i] == "--decode") {
            arguments.decode = true;
        } else if (words[i] == "--help") {
            arguments.help = true;
        } else if (words[i] == "--socket" && has_value) {
            arguments.socket = words[++i];
        } else if (words[i] == "--devices" && has_value) {
            arguments.devices = words[++i];
        } else {
            return false;
        }
    }
    return arguments.help || arguments.decode != !arguments.socket.empty();
}

// Byte by byte, so that nothing behind the line is taken from the descriptor.
Result<std::string> line_of_standard_input() {
    std::string line;
    char c = '\0';
    while (::read(STDIN_FILENO, &c, 1) == 1) {
        if (c == '\n') {
            return line;
        }
        line += c;
        if (line.size() > devices_bytes_max) {
            return refused(ErrorCode::too_large, "the line of devices is longer than 64 KiB");
        }
    }
    return refused(ErrorCode::bad_input, "standard input ended before a whole line of devices");
}

Result<std::string> text_of_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    std::string text(devices_bytes_max + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.gcount() == 0) {
        return refused(ErrorCode::not_found, name + ": cannot be read or is empty");
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > devices_bytes_max) {
        return refused(ErrorCode::too_large, name + ": longer than 64 KiB");
    }
    return text;
}

int serve_devices(const Arguments& arguments) {
    const auto text =
        arguments.devices.empty() ? line_of_standard_input() : text_of_file(arguments.devices);
    const auto devices =
        text.and_then([](const std::string& json) { return wire::parse_device_settings(json); });
    if (!devices) {
        std::cerr << "cartwatch-scanner: " << devices.error().text << '\n';
        return unusable;
    }
    boost::asio::io_context loop;
    devices::ScannerLoop scanners(loop, arguments.socket, *devices);
    if (arguments.devices.empty()) {
        scanners.end_with(::dup(STDIN_FILENO));
    }
    loop.run();
    return 0;
}

} // namespace

int main(int count, char** words) {
    Arguments arguments;
    if (!parse_arguments({words + 1, words + count}, arguments)) {
        std::cerr << usage;
        return unusable;
    }
    if (arguments.help) {
        std::cout << usage;
        return 0;
    }
    try {
        return arguments.decode ? pictures::serve_pictures(STDIN_FILENO, STDOUT_FILENO)
                                : serve_devices(arguments);
    } catch (const std::exception& failure) {
        std::cerr << "cartwatch-scanner: " << failure.what() << '\n';
        return machine_failed;
    }
}
