// A keyboard-wedge scanner in a umockdev test bed: sysfs, device node and evdev's ioctls, so that
// the real libudev and libevdev meet it in a kernel without uinput. Run under umockdev-wrapper; it
// is told what to do line by line, and says what its device is asked. It knows nothing of ours.
// More of them, alike and without a serial number, are at "port"s.
#include "tests/scanner/devices/mock_loop.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <linux/input.h>
#include <umockdev.h>
#include <unistd.h>

namespace {

struct MockKeyboard {
    UMockdevTestbed* bed = nullptr;
    UMockdevIoctlBase* ioctls = nullptr;
    std::string way; // of the USB port that it is plugged into; empty: the one with a serial number
    std::string node;
    bool held_by_other = false;
    std::vector<std::uint8_t> keys_down = std::vector<std::uint8_t>(KEY_MAX / 8 + 1);
};

int last_number = 4; // each plugging in is the next node, as in a kernel

constexpr const char* description = "P: /devices/usb1\n"
                                    "E: SUBSYSTEM=usb\n"
                                    "E: DEVTYPE=usb_device\n"
                                    "A: serial=S123\\n\n"
                                    "\n"
                                    "P: /devices/usb1/input5\n"
                                    "E: SUBSYSTEM=input\n"
                                    "A: name=Test Barcode Scanner\\n\n"
                                    "A: id/vendor=05e0\\n\n"
                                    "A: id/product=1200\\n\n"
                                    "\n"
                                    "P: /devices/usb1/input5/eventN\n"
                                    "N: input/eventN\n"
                                    "E: DEVNAME=/dev/input/eventN\n"
                                    "E: SUBSYSTEM=input\n"
                                    "\n";

// One of two of a make: no serial number, and behind a hub. WAY is where.
constexpr const char* twin_description = "P: /devices/0000:00:14.0/usb3/3-WAY\n"
                                         "E: SUBSYSTEM=usb\n"
                                         "E: DEVTYPE=usb_device\n"
                                         "A: devpath=WAY\\n\n"
                                         "\n"
                                         "P: /devices/0000:00:14.0/usb3/3-WAY/inputWAY\n"
                                         "E: SUBSYSTEM=input\n"
                                         "A: name=Test Barcode Scanner\\n\n"
                                         "A: id/vendor=05e0\\n\n"
                                         "A: id/product=1200\\n\n"
                                         "\n"
                                         "P: /devices/0000:00:14.0/usb3/3-WAY/inputWAY/eventN\n"
                                         "N: input/eventN\n"
                                         "E: DEVNAME=/dev/input/eventN\n"
                                         "E: SUBSYSTEM=input\n"
                                         "\n";

// What all of them hang on, and stays.
constexpr const char* hub_description = "P: /devices/0000:00:14.0\n"
                                        "E: SUBSYSTEM=pci\n"
                                        "\n"
                                        "P: /devices/0000:00:14.0/usb3\n"
                                        "E: SUBSYSTEM=usb\n"
                                        "E: DEVTYPE=usb_device\n"
                                        "A: devpath=0\\n\n"
                                        "\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what)) {
        text.replace(at, what.size(), by);
    }
    return text;
}

std::string usb_path(const MockKeyboard& keyboard) {
    return keyboard.way.empty() ? "/sys/devices/usb1"
                                : "/sys/devices/0000:00:14.0/usb3/3-" + keyboard.way;
}

std::string bed_folder() {
    return std::getenv("UMOCKDEV_DIR");
}

// As udev's own rules name a USB port.
std::string link_of(const MockKeyboard& keyboard) {
    return bed_folder() + "/dev/input/by-path/pci-0000:00:14.0-usb-0:" + keyboard.way
           + ":1.0-event-kbd";
}

std::vector<std::uint8_t> bits_of_type(unsigned type) {
    std::vector<std::uint8_t> bits;
    if (type == 0) {
        bits = {(1U << EV_SYN) | (1U << EV_KEY), 0, 1U << (EV_LED - 16)};
    } else if (type == EV_KEY) {
        bits.assign(16, 0xFF); // codes 0 to 127: a whole keyboard
        bits[0] = 0xFE;
    } else if (type == EV_LED) {
        bits = {1U << LED_SCROLLL};
    }
    return bits;
}

// The bytes that evdev would write for a request, empty for zeros.
std::vector<std::uint8_t> answer_of(const MockKeyboard& keyboard, unsigned number) {
    const std::string name("Test Barcode Scanner\0", 21);
    if (number == 0x01) {
        return {0x01, 0x00, 0x01, 0x00}; // EVIOCGVERSION: 1.0.1
    }
    if (number == 0x02) {
        return {0x03, 0x00, 0xE0, 0x05, 0x00, 0x12, 0x00, 0x01}; // EVIOCGID: USB 05e0:1200
    }
    if (number == 0x06) {
        return {name.begin(), name.end()}; // EVIOCGNAME
    }
    if (number == 0x18) {
        return keyboard.keys_down; // EVIOCGKEY
    }
    return number >= 0x20 && number < 0x40 ? bits_of_type(number - 0x20)
                                           : std::vector<std::uint8_t>{};
}

int answer_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, void* data) {
    auto* keyboard = static_cast<MockKeyboard*>(data);
    const unsigned long request = umockdev_ioctl_client_get_request(client);
    if (_IOC_TYPE(request) != 'E') {
        return FALSE;
    }
    UMockdevIoctlData* argument = umockdev_ioctl_client_get_arg(client);
    if (request == EVIOCGRAB) {
        // The argument itself is 1 or 0, not a place where a number stands.
        std::uint8_t* value = nullptr;
        int size = 0;
        umockdev_ioctl_data_retrieve(argument, &value, &size);
        const bool refuse = keyboard->held_by_other && size > 0 && value[0] != 0;
        std::cout << (refuse ? "refused" : "grab") << " " << (size > 0 ? int(value[0]) : -1)
                  << std::endl;
        umockdev_ioctl_client_complete(client, refuse ? -1 : 0, refuse ? EBUSY : 0);
        g_free(value);
        return TRUE;
    }
    if (_IOC_DIR(request) == _IOC_READ) {
        const std::size_t size = _IOC_SIZE(request);
        std::vector<std::uint8_t> bytes = answer_of(*keyboard, _IOC_NR(request));
        const long count = static_cast<long>(std::min(size, bytes.size()));
        bytes.resize(size);
        GError* error = nullptr;
        UMockdevIoctlData* place = umockdev_ioctl_data_resolve(argument, 0, size, &error);
        if (place == nullptr) {
            umockdev_ioctl_client_complete(client, -1, EFAULT);
            return TRUE;
        }
        umockdev_ioctl_data_update(place, 0, bytes.data(), static_cast<int>(bytes.size()));
        umockdev_ioctl_client_complete(client, count, 0);
        return TRUE;
    }
    umockdev_ioctl_client_complete(client, 0, 0);
    return TRUE;
}

// What the device is told: its lamps.
int take_lamp(GIOChannel* channel, GIOCondition, void*) {
    input_event event{};
    if (::read(g_io_channel_unix_get_fd(channel), &event, sizeof event)
        != static_cast<ssize_t>(sizeof event)) {
        return FALSE;
    }
    if (event.type == EV_LED && event.code == LED_SCROLLL) {
        std::cout << "lamp " << event.value << std::endl;
    }
    return TRUE;
}

void plug(MockKeyboard& keyboard) {
    GError* error = nullptr;
    const std::string name = "event" + std::to_string(++last_number);
    keyboard.node = "/dev/input/" + name;
    const std::string text = replaced(
        replaced(keyboard.way.empty() ? description : twin_description, "eventN", name),
        "WAY",
        keyboard.way);
    keyboard.ioctls = umockdev_ioctl_base_new();
    g_signal_connect(
        keyboard.ioctls, "handle-ioctl", reinterpret_cast<GCallback>(answer_ioctl), &keyboard);
    if (!umockdev_testbed_add_from_string(keyboard.bed, text.c_str(), &error)
        || !umockdev_testbed_attach_ioctl(
            keyboard.bed, keyboard.node.c_str(), keyboard.ioctls, &error)) {
        std::cout << "failed " << error->message << std::endl;
        std::exit(1);
    }
    if (!keyboard.way.empty()) {
        std::filesystem::create_directories(std::filesystem::path(link_of(keyboard)).parent_path());
        std::filesystem::create_symlink("../" + name, link_of(keyboard));
    }
    std::cout << "plugged" << std::endl;
}

void unplug(MockKeyboard& keyboard) {
    ::close(umockdev_testbed_get_dev_fd(keyboard.bed, keyboard.node.c_str()));
    umockdev_testbed_detach_ioctl(keyboard.bed, keyboard.node.c_str(), nullptr);
    const std::string input_path =
        usb_path(keyboard) + "/input" + (keyboard.way.empty() ? "5" : keyboard.way);
    const std::string event_path = input_path + keyboard.node.substr(std::strlen("/dev/input"));
    for (const std::string& path : {event_path, input_path, usb_path(keyboard)}) {
        umockdev_testbed_remove_device(keyboard.bed, path.c_str());
    }
    // The bed leaves the node behind, which the kernel would remove.
    ::unlink((bed_folder() + keyboard.node).c_str());
    if (!keyboard.way.empty()) {
        ::unlink(link_of(keyboard).c_str());
    }
    std::cout << "unplugged" << std::endl;
}

void send_event(MockKeyboard& keyboard, std::uint16_t type, std::uint16_t code, int value) {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    input_event event{};
    event.input_event_sec = now.tv_sec;
    event.input_event_usec = now.tv_nsec / 1000;
    event.type = type;
    event.code = code;
    event.value = value;
    const int file = umockdev_testbed_get_dev_fd(keyboard.bed, keyboard.node.c_str());
    if (::write(file, &event, sizeof event) != static_cast<ssize_t>(sizeof event)) {
        std::cout << "failed write " << std::strerror(errno) << std::endl;
    }
}

// "keys 2 28": taps each; "down 42" and "up 42": one key; "state 30 1": what EVIOCGKEY says.
void obey(MockKeyboard& keyboard, const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    words >> verb;
    unsigned code = 0;
    if (verb == "plug") {
        plug(keyboard);
    } else if (verb == "unplug") {
        unplug(keyboard);
    } else if (verb == "lamps") { // once somebody has opened the device
        GIOChannel* lamps =
            g_io_channel_unix_new(umockdev_testbed_get_dev_fd(keyboard.bed, keyboard.node.c_str()));
        g_io_add_watch(lamps, static_cast<GIOCondition>(G_IO_IN | G_IO_HUP), take_lamp, nullptr);
        std::cout << "watching" << std::endl;
    } else if (verb == "other") {
        words >> keyboard.held_by_other;
    } else if (verb == "state") {
        int value = 0;
        words >> code >> value;
        const auto bit = static_cast<std::uint8_t>(1U << (code % 8));
        auto& byte = keyboard.keys_down[code / 8];
        byte = static_cast<std::uint8_t>(value != 0 ? byte | bit : byte & ~bit);
    } else {
        while (words >> code) {
            for (const int value : {1, 0}) {
                if ((verb == "down" && value == 0) || (verb == "up" && value == 1)) {
                    continue;
                }
                send_event(keyboard, EV_KEY, static_cast<std::uint16_t>(code), value);
                send_event(keyboard, EV_SYN, SYN_REPORT, 0);
            }
        }
    }
}

} // namespace

int main() {
    UMockdevTestbed* bed = umockdev_testbed_new();
    std::map<std::string, MockKeyboard> keyboards;
    std::string chosen; // "port 1.2": from now on it is about the one that is plugged in there
    cartwatch::test::run_mock([&](const std::string& line) {
        if (line.starts_with("port ")) {
            if (keyboards.empty()) {
                umockdev_testbed_add_from_string(bed, hub_description, nullptr);
            }
            chosen = line.substr(5, line.find_last_not_of('\n') - 4);
        } else {
            MockKeyboard& keyboard = keyboards[chosen];
            keyboard.bed = bed;
            keyboard.way = chosen;
            obey(keyboard, line);
        }
    });
    g_object_unref(bed);
    return 0;
}
