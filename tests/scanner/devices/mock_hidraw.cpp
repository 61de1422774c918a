// A scanner in HID POS mode in a umockdev test bed: sysfs, device node and hidraw's ioctls, so that
// the real libudev and the real adapter meet it in a kernel without uhid. Run under
// umockdev-wrapper and told what to do line by line: "plug", "plug keyboard" (a raw HID device that
// is no scanner), "unplug", and "report" with its bytes in hexadecimal. It knows nothing of ours
// but the sample descriptor.
#include "tests/scanner/devices/hid_samples.hpp"
#include "tests/scanner/devices/mock_loop.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <sstream>

#include <linux/hidraw.h>
#include <sys/ioctl.h>
#include <umockdev.h>
#include <unistd.h>

namespace {

constexpr const char* usb_path = "/sys/devices/usb2";
constexpr const char* hid_path = "/sys/devices/usb2/0003:0C2E:0B61.0001";

constexpr const char* description = "P: /devices/usb2\n"
                                    "E: SUBSYSTEM=usb\n"
                                    "E: DEVTYPE=usb_device\n"
                                    "A: serial=P777\\n\n"
                                    "\n"
                                    "P: /devices/usb2/0003:0C2E:0B61.0001\n"
                                    "E: SUBSYSTEM=hid\n"
                                    "E: HID_ID=0003:00000C2E:00000B61\n"
                                    "E: HID_NAME=Test Presenter\n"
                                    "\n"
                                    "P: /devices/usb2/0003:0C2E:0B61.0001/hidrawN\n"
                                    "N: hidrawN\n"
                                    "E: DEVNAME=/dev/hidrawN\n"
                                    "E: SUBSYSTEM=hidraw\n"
                                    "\n";

struct MockScanner {
    UMockdevTestbed* bed = umockdev_testbed_new();
    UMockdevIoctlBase* ioctls = nullptr;
    cartwatch::test::HidBytes descriptor;
    int number = -1; // each plugging in is the next node, as in a kernel
    std::string name;
};

int answer_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, void* data) {
    const auto* scanner = static_cast<const MockScanner*>(data);
    const unsigned long request = umockdev_ioctl_client_get_request(client);
    std::vector<std::uint8_t> bytes;
    const auto length = static_cast<std::uint32_t>(scanner->descriptor.size());
    if (request == HIDIOCGRDESCSIZE) {
        bytes.resize(sizeof(int));
        std::memcpy(bytes.data(), &length, sizeof length);
    } else if (request == HIDIOCGRDESC) {
        hidraw_report_descriptor whole{};
        whole.size = length;
        std::copy(scanner->descriptor.begin(), scanner->descriptor.end(), whole.value);
        bytes.resize(sizeof whole);
        std::memcpy(bytes.data(), &whole, sizeof whole);
    } else {
        return FALSE;
    }
    UMockdevIoctlData* argument = umockdev_ioctl_client_get_arg(client);
    GError* error = nullptr;
    UMockdevIoctlData* place = umockdev_ioctl_data_resolve(argument, 0, bytes.size(), &error);
    if (place == nullptr) {
        umockdev_ioctl_client_complete(client, -1, EFAULT);
        return TRUE;
    }
    umockdev_ioctl_data_update(place, 0, bytes.data(), static_cast<int>(bytes.size()));
    umockdev_ioctl_client_complete(client, 0, 0);
    return TRUE;
}

void plug(MockScanner& scanner, bool keyboard) {
    scanner.descriptor = cartwatch::test::hid_descriptor();
    if (keyboard) {
        scanner.descriptor = {
            0x05,
            0x01,
            0x09,
            0x06,
            0xA1,
            0x01,
            0x05,
            0x07,
            0x19,
            0xE0,
            0x29,
            0xE7,
            0x75,
            0x01,
            0x95,
            0x08,
            0x81,
            0x02,
            0xC0};
    }
    scanner.name = "hidraw" + std::to_string(++scanner.number);
    const std::string node = "/dev/" + scanner.name;
    std::string text = description;
    for (std::size_t at = text.find("hidrawN"); at != std::string::npos;
         at = text.find("hidrawN")) {
        text.replace(at, 7, scanner.name);
    }
    GError* error = nullptr;
    scanner.ioctls = umockdev_ioctl_base_new();
    g_signal_connect(
        scanner.ioctls, "handle-ioctl", reinterpret_cast<GCallback>(answer_ioctl), &scanner);
    if (!umockdev_testbed_add_from_string(scanner.bed, text.c_str(), &error)
        || !umockdev_testbed_attach_ioctl(scanner.bed, node.c_str(), scanner.ioctls, &error)) {
        std::cout << "failed " << error->message << std::endl;
        std::exit(1);
    }
    std::cout << "plugged" << std::endl;
}

void unplug(MockScanner& scanner) {
    const std::string node = "/dev/" + scanner.name;
    ::close(umockdev_testbed_get_dev_fd(scanner.bed, node.c_str()));
    umockdev_testbed_detach_ioctl(scanner.bed, node.c_str(), nullptr);
    const std::string raw_path = std::string(hid_path) + "/" + scanner.name;
    for (const char* path : {raw_path.c_str(), hid_path, usb_path}) {
        umockdev_testbed_remove_device(scanner.bed, path);
    }
    // The bed leaves the node behind, which the kernel would remove.
    const std::string bed = std::getenv("UMOCKDEV_DIR");
    ::unlink((bed + node).c_str());
    std::cout << "unplugged" << std::endl;
}

void obey(MockScanner& scanner, const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    std::string detail;
    words >> verb >> detail;
    if (verb == "plug") {
        plug(scanner, detail == "keyboard");
    } else if (verb == "unplug") {
        unplug(scanner);
    } else if (verb == "report") {
        std::vector<std::uint8_t> bytes;
        for (std::size_t i = 0; i + 1 < detail.size(); i += 2) {
            bytes.push_back(
                static_cast<std::uint8_t>(std::stoul(detail.substr(i, 2), nullptr, 16)));
        }
        const std::string node = "/dev/" + scanner.name;
        const int file = umockdev_testbed_get_dev_fd(scanner.bed, node.c_str());
        if (::write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
            std::cout << "failed write " << std::strerror(errno) << std::endl;
        }
    }
}

} // namespace

int main() {
    MockScanner scanner;
    cartwatch::test::run_mock([&scanner](const std::string& line) { obey(scanner, line); });
    g_object_unref(scanner.bed);
    return 0;
}
