// What the commands of the command line have in common. Here and beside it is the only place with
// CLI11: words become arguments of a command, nothing more.
#pragma once

#include "daemon/command_line/command_line.hpp"
#include "daemon/config/config.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace cartwatch::command_line {

inline constexpr const char* default_ward_file = "/etc/cartwatch/ward.toml";
inline constexpr const char* default_pharmacy_file = "/etc/cartwatch/pharmacy.toml";

// What the chosen command will do once everything is parsed; its exit status.
using Action = std::function<int()>;

// An option that is a calendar day. CLI11 refuses another text before the command runs.
CLI::Option*
add_day(CLI::App& command, const char* name, std::optional<Day>& day, const char* help);

// --config: the node whose store or keys a command works on.
[[nodiscard]] std::shared_ptr<std::string>
add_node(CLI::App& command, const char* default_file = default_ward_file);

// Runs with the configuration, or says what is wrong with it.
template <typename Config>
int with_config(
    const Result<Config>& config, bool check_only, const std::function<int(const Config&)>& run) {
    if (!config) {
        std::cerr << "cartwatch: " << config.error().text << '\n';
        return unusable;
    }
    if (check_only) {
        std::cout << "the configuration can be used\n";
        return 0;
    }
    return run(*config);
}

[[nodiscard]] int
with_node(const std::string& file, const std::function<int(const config::NodeConfig&)>& run);

// Each adds commands, which set the action when they are chosen.
void add_daemons(CLI::App& app, Action& action); // ward, pharmacy and what stands beside them
void add_demo(CLI::App& app, Action& action);
void add_questions(CLI::App& app, Action& action); // read, decode, evaluate, check
void add_history(CLI::App& app, Action& action);   // export, figures, pack, watch
void add_import(CLI::App& app, Action& action);
void add_labels(CLI::App& app, Action& action);
void add_store_commands(CLI::App& app, Action& action); // verify, backup and restore

} // namespace cartwatch::command_line
