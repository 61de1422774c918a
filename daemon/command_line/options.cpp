#include "daemon/command_line/options.hpp"

namespace cartwatch::command_line {

CLI::Option*
add_day(CLI::App& command, const char* name, std::optional<Day>& day, const char* help) {
    return command
        .add_option_function<std::string>(
            name, [&day](const std::string& text) { day = parse_day(text); }, help)
        ->check([](const std::string& text) {
            return parse_day(text) ? std::string()
                                   : "\"" + text + "\" must be a date such as 2026-11-22";
        })
        ->type_name("DATE");
}

std::shared_ptr<std::string> add_node(CLI::App& command, const char* default_file) {
    auto file = std::make_shared<std::string>(default_file);
    command.add_option("--config", *file, "the node's configuration, TOML")->capture_default_str();
    return file;
}

int with_node(const std::string& file, const std::function<int(const config::NodeConfig&)>& run) {
    return with_config<config::NodeConfig>(config::load_node_config(file), false, run);
}

} // namespace cartwatch::command_line
