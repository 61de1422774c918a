#include "daemon/config/config.hpp"

#include "scanner/values/text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

namespace cartwatch::config {

namespace {

constexpr std::size_t config_bytes_max = 1'048'576; // a file with a hundred scanners has 30 KiB

// One table of the file. Reads what is asked for, and remembers the first fault with its line.
class TableReader {
public:
    TableReader(const toml::table& table, std::string path, std::optional<Error>& fault)
        : table_(table), path_(std::move(path)), fault_(fault) {}

    ~TableReader() = default;
    TableReader(const TableReader&) = delete;
    TableReader& operator=(const TableReader&) = delete;
    TableReader(TableReader&&) = delete;
    TableReader& operator=(TableReader&&) = delete;

    void text(const char* key, std::string& value) {
        if (const toml::node* node = take(key)) {
            const auto given = node->value_exact<std::string>();
            given ? void(value = *given) : refuse(*node, key, "must be text in quotes");
        }
    }

    void path(const char* key, std::filesystem::path& value) {
        std::string given = value.string();
        text(key, given);
        value = given;
    }

    void integer(const char* key, int low, int high, int& value) {
        if (const toml::node* node = take(key)) {
            const auto given = node->value_exact<std::int64_t>();
            if (!given || *given < low || *given > high) {
                refuse(
                    *node,
                    key,
                    "must be a whole number from " + std::to_string(low) + " to "
                        + std::to_string(high));
            } else {
                value = static_cast<int>(*given);
            }
        }
    }

    void texts(const char* key, std::vector<std::string>& values) {
        const toml::node* node = take(key);
        if (!node) {
            return;
        }
        const toml::array* array = node->as_array();
        if (!array || (!array->empty() && !array->is_homogeneous<std::string>())) {
            refuse(*node, key, "must be a list of texts in quotes");
            return;
        }
        for (const auto& element : *array) {
            values.push_back(*element.value<std::string>());
        }
    }

    // Calls visit(reader) with the table of that name, if there is one.
    template <typename Visit>
    void table(const char* key, Visit visit) {
        const toml::node* node = take(key);
        if (node && node->is_table()) {
            TableReader reader(*node->as_table(), path_ + key + ".", fault_);
            visit(reader);
            reader.finish();
        } else if (node) {
            refuse(*node, key, std::string("must be a table: [") + path_ + key + "]");
        }
    }

    template <typename Visit>
    void tables(const char* key, Visit visit) {
        const toml::node* node = take(key);
        if (!node) {
            return;
        }
        const toml::array* array = node->as_array();
        if (!array || (!array->empty() && !array->is_homogeneous<toml::table>())) {
            refuse(*node, key, std::string("must be tables: [[") + path_ + key + "]]");
            return;
        }
        for (const auto& element : *array) {
            TableReader reader(*element.as_table(), path_ + key + ".", fault_);
            visit(reader);
            reader.finish();
        }
    }

    // Every key must have been asked for.
    void finish() {
        for (const auto& [key, node] : table_) {
            if (!known_.contains(std::string(key.str()))) {
                refuse(node, std::string(key.str()), "is not a key that this file has");
            }
        }
    }

    void refuse_here(const std::string& key, const std::string& what) {
        const toml::node* node = table_.get(key);
        refuse(node ? *node : static_cast<const toml::node&>(table_), key, what);
    }

private:
    const toml::node* take(const char* key) {
        known_.insert(key);
        return table_.get(key);
    }

    void refuse(const toml::node& node, const std::string& key, const std::string& what) {
        if (!fault_) {
            fault_ = Error{
                ErrorCode::bad_input,
                "line " + std::to_string(node.source().begin.line) + ": " + path_ + key + " "
                    + what};
        }
    }

    const toml::table& table_;
    std::string path_;
    std::optional<Error>& fault_;
    std::set<std::string> known_;
};

bool is_node_name(const std::string& name) {
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
               || c == '_' || c == '.';
    });
}

void read_common(TableReader& file, Common& config) {
    file.text("node", config.node);
    if (!is_node_name(config.node)) {
        file.refuse_here("node", "must have 1 to 64 of a-z A-Z 0-9 - _ .");
    }
    file.text("time_zone", config.time_zone);
    file.path("state", config.state);
    file.path("pages", config.pages);
    file.text("log_level", config.log_level);
    static const std::set<std::string> levels = {"debug", "info", "warn", "error"};
    if (!levels.contains(config.log_level)) {
        file.refuse_here("log_level", "must be debug, info, warn or error");
    }
    file.table("web", [&](TableReader& web) {
        web.text("address", config.web.address);
        web.integer("port", 0, 65'535, config.web.port);
        web.texts("hosts", config.web.hosts);
    });
}

void read_scanner(TableReader& table, WardConfig& config) {
    ScannerConfig scanner;
    table.text("name", scanner.name);
    table.text("station", scanner.station);
    table.text("kind", scanner.kind);
    table.text("path", scanner.path);
    table.text("vendor", scanner.vendor);
    table.text("product", scanner.product);
    table.text("serial", scanner.serial);
    table.text("layout", scanner.layout);
    table.integer("baud", 300, 4'000'000, scanner.baud);
    table.text("device_name", scanner.device_name);
    table.text("address", scanner.address);
    table.integer("port", 1, 65'535, scanner.port);
    table.integer("pause_ms", 20, 5'000, scanner.pause_ms);
    table.text("good_bytes", scanner.good_bytes);
    table.text("bad_bytes", scanner.bad_bytes);

    static const std::set<std::string> kinds = {
        "keyboard", "hid_pos", "serial", "network_listen", "network_connect"};
    if (!kinds.contains(scanner.kind)) {
        table.refuse_here(
            "kind", "must be keyboard, hid_pos, serial, network_listen or network_connect");
    }
    if (scanner.name.empty()) {
        table.refuse_here("name", "is missing");
    }
    if (scanner.station.empty()) {
        table.refuse_here("station", "is missing: whose scans are they?");
    }
    const bool twice = std::any_of(
        config.scanners.begin(), config.scanners.end(), [&](const ScannerConfig& other) {
            return other.name == scanner.name;
        });
    if (twice) {
        table.refuse_here("name", "is the name of another scanner");
    }
    config.scanners.push_back(std::move(scanner));
}

template <typename Config, typename Read>
Result<Config> parse(std::string_view text, std::string_view name, Config config, Read read) {
    std::optional<Error> fault;
    try {
        const toml::table table = toml::parse(text, name);
        TableReader file(table, "", fault);
        read_common(file, config);
        read(file, config);
        file.finish();
    } catch (const toml::parse_error& error) {
        fault = Error{
            ErrorCode::bad_input,
            "line " + std::to_string(error.source().begin.line)
                + ": not TOML: " + std::string(error.description())};
    }
    if (fault) {
        return refused(fault->code, std::string(name) + ": " + fault->text);
    }
    return config;
}

Result<std::string> read_file(const std::filesystem::path& file) {
    std::error_code unknown; // opening says what is wrong
    if (std::filesystem::is_directory(file, unknown)) {
        return refused(
            ErrorCode::bad_input, file.string() + ": is a folder; name the file with --config");
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return refused(
            ErrorCode::not_found,
            file.string() + ": cannot be opened; name the configuration with --config");
    }
    std::string text(config_bytes_max + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > config_bytes_max) {
        return refused(ErrorCode::too_large, file.string() + ": has more than 1 MiB");
    }
    return text;
}

} // namespace

Result<WardConfig> parse_ward_config(std::string_view toml, std::string_view name) {
    WardConfig defaults;
    defaults.state = "/var/lib/cartwatch";
    defaults.pages = "/usr/share/cartwatch/pages";
    defaults.web.port = 7410;
    return parse(toml, name, defaults, [](TableReader& file, WardConfig& config) {
        file.integer("tag_block", 1, 999, config.tag_block);
        file.text("scanner_program", config.scanner_program);
        file.table("pharmacy", [&](TableReader& pharmacy) {
            pharmacy.text("node", config.pharmacy_node);
            pharmacy.texts("addresses", config.pharmacy_addresses);
        });
        if (config.pharmacy_node == config.node) {
            file.refuse_here("node", "is the pharmacy's name too; every node has its own");
        }
        file.tables("scanner", [&](TableReader& table) { read_scanner(table, config); });
    });
}

Result<PharmacyConfig> parse_pharmacy_config(std::string_view toml, std::string_view name) {
    PharmacyConfig defaults;
    defaults.node = "pharmacy";
    defaults.state = "/var/lib/cartwatch";
    defaults.pages = "/usr/share/cartwatch/pages";
    defaults.web.port = 7420;
    return parse(toml, name, defaults, [](TableReader& file, PharmacyConfig& config) {
        file.table("link", [&](TableReader& link) {
            link.text("address", config.link_address);
            link.integer("port", 0, 65'535, config.link_port);
            link.texts("wards", config.wards);
        });
    });
}

Result<WardConfig> load_ward_config(const std::filesystem::path& file) {
    return read_file(file).and_then(
        [&](const std::string& text) { return parse_ward_config(text, file.string()); });
}

Result<PharmacyConfig> load_pharmacy_config(const std::filesystem::path& file) {
    return read_file(file).and_then(
        [&](const std::string& text) { return parse_pharmacy_config(text, file.string()); });
}

namespace {

bool describes_a_pharmacy(std::string_view text) {
    try {
        const toml::table table = toml::parse(text);
        return table.contains("link");
    } catch (const toml::parse_error&) {
        return false; // reading it as a ward's says what is wrong
    }
}

} // namespace

Result<NodeConfig> load_node_config(const std::filesystem::path& file) {
    const auto text = read_file(file);
    if (!text) {
        return tl::make_unexpected(text.error());
    }
    if (describes_a_pharmacy(*text)) {
        return parse_pharmacy_config(*text, file.string()).map([](const PharmacyConfig& config) {
            return NodeConfig{config, true, config.node, 0};
        });
    }
    return parse_ward_config(*text, file.string()).map([](const WardConfig& config) {
        return NodeConfig{config, false, config.pharmacy_node, config.tag_block};
    });
}

} // namespace cartwatch::config
