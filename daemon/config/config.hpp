// What the machine needs to know, from one TOML file a daemon. What the hospital may change lives
// in Policy, not here. Unknown keys are refused by name. Commented examples: deploy/config.
#pragma once

#include "scanner/values/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::config {

struct WebConfig {
    std::string address = "127.0.0.1";
    int port = 0;                   // 0: any free one
    std::vector<std::string> hosts; // further names under which browsers may ask
};

struct ScannerConfig {
    std::string name;          // as people know the scanner; unique
    std::string station;       // Station::id that its scans belong to
    std::string kind;          // keyboard, hid_pos, serial, network_listen or network_connect
    std::string path;          // of keyboard and serial: /dev/input/by-id/…, /dev/ttyACM0
    std::string vendor;        // of keyboard and hid_pos: USB vendor id, four hexadecimal digits
    std::string product;       // likewise: USB product id
    std::string serial;        // likewise: USB serial number
    std::string device_name;   // of keyboard: as the kernel names it
    std::string layout = "us"; // of keyboard
    int baud = 9600;           // of serial
    std::string address = "127.0.0.1"; // of network: an IP address
    int port = 0;
    std::string good_bytes; // of serial: makes it beep for an accepted scan; hexadecimal
    std::string bad_bytes;  // of serial: for any other scan
    int pause_ms = 150;     // a scan without a terminator ends after this pause
};

struct Common {
    std::string node; // 1 to 64 of a-z A-Z 0-9 - _ .
    std::string time_zone = "Asia/Shanghai";
    std::filesystem::path state; // folder of the store
    std::filesystem::path pages; // folder of the web pages
    std::string log_level = "info";
    WebConfig web;
};

struct WardConfig : Common {
    int tag_block = 1; // this ward's block of tag numbers, 1 to 999
    std::string pharmacy_node = "pharmacy";
    std::vector<std::string> pharmacy_addresses; // host:port in the order tried; empty: no link
    std::string scanner_program;                 // empty: beside the daemon's own
    std::vector<ScannerConfig> scanners;
};

struct PharmacyConfig : Common {
    std::string link_address = "127.0.0.1";
    int link_port = 7411;
    std::vector<std::string> wards; // nodes that may connect; empty: any
};

[[nodiscard]] Result<WardConfig> parse_ward_config(std::string_view toml, std::string_view name);
[[nodiscard]] Result<PharmacyConfig>
parse_pharmacy_config(std::string_view toml, std::string_view name);

// What a command needs that works on the store of either kind of node.
struct NodeConfig {
    Common common;
    bool is_pharmacy = false;
    std::string pharmacy_node;
    int tag_block = 0;
};

// Either kind of file: one with a [link] table is a pharmacy's.
[[nodiscard]] Result<NodeConfig> load_node_config(const std::filesystem::path& file);

// Reads the file, at most 1 MiB.
[[nodiscard]] Result<WardConfig> load_ward_config(const std::filesystem::path& file);
[[nodiscard]] Result<PharmacyConfig> load_pharmacy_config(const std::filesystem::path& file);

} // namespace cartwatch::config
