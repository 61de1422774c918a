// The daemons, and what is done beside them: who may call, and joining.
#include "daemon/command_line/options.hpp"
#include "daemon/commands/demo.hpp"
#include "daemon/commands/resume.hpp"
#include "daemon/commands/trust.hpp"
#include "daemon/node/node.hpp"
#include "daemon/pharmacy/pharmacy.hpp"
#include "daemon/ward/ward.hpp"

namespace cartwatch::command_line {

namespace {

struct DaemonOptions {
    std::string config;
    bool check_only = false;
};

std::shared_ptr<DaemonOptions>
add_daemon_options(CLI::App& command, const std::string& default_file) {
    auto options = std::make_shared<DaemonOptions>();
    options->config = default_file;
    command.add_option("--config", options->config, "the configuration, TOML")
        ->capture_default_str();
    command.add_flag(
        "--check-config",
        options->check_only,
        "say whether the configuration can be used, and end");
    return options;
}

// Beside the pharmacy's daemon: who may call it.
void add_pharmacy_command(
    CLI::App& pharmacy,
    const char* name,
    const char* help,
    Action& action,
    int (*run)(const commands::CallerArguments&, std::ostream&, std::ostream&)) {
    auto* command = pharmacy.add_subcommand(name, help);
    const auto file = add_node(*command, default_pharmacy_file);
    const auto node = std::make_shared<std::string>();
    command->add_option("node", *node, "the ward's node")->required()->type_name("NODE");
    command->callback([&action, file, node, run] {
        action = [file, node, run] {
            return with_config<config::PharmacyConfig>(
                config::load_pharmacy_config(*file),
                false,
                [&](const config::PharmacyConfig& config) {
                    return run({config, *node}, std::cout, std::cerr);
                });
        };
    });
}

void add_join(CLI::App& ward, Action& action) {
    auto* join = ward.add_subcommand(
        "join",
        "fetch this ward's certificate from the pharmacy, with a code of cartwatch pharmacy "
        "enroll; the daemon may run, and speaks TLS from its next call on");
    const auto file = add_node(*join);
    const auto address = std::make_shared<std::string>();
    const auto code = std::make_shared<std::string>();
    join->add_option("address", *address, "where the pharmacy listens, HOST or HOST:PORT (7411)")
        ->required()
        ->type_name("ADDRESS");
    join->add_option("--code", *code, "the code that was printed")->required()->type_name("CODE");
    join->callback([&action, file, address, code] {
        action = [file, address, code] {
            return with_config<config::WardConfig>(
                config::load_ward_config(*file), false, [&](const config::WardConfig& config) {
                    return commands::run_join({config, *address, *code}, std::cout, std::cerr);
                });
        };
    });
}

constexpr const char* resume_help =
    "record again, though what this node wrote before may not be back from its peers; the daemon "
    "must be stopped (while it runs its page has a button for it)";

int resume(const config::Common& config, const std::string& pharmacy) {
    return commands::run_resume(
        {node::store_file(config), config.node, pharmacy}, std::cout, std::cerr);
}

void add_ward_resume(CLI::App& ward, Action& action) {
    auto* command = ward.add_subcommand("resume", resume_help);
    const auto file = add_node(*command);
    command->callback([&action, file] {
        action = [file] {
            return with_config<config::WardConfig>(
                config::load_ward_config(*file), false, [](const config::WardConfig& config) {
                    return resume(config, config.pharmacy_node);
                });
        };
    });
}

void add_pharmacy_resume(CLI::App& pharmacy, Action& action) {
    auto* command = pharmacy.add_subcommand("resume", resume_help);
    const auto file = add_node(*command, default_pharmacy_file);
    command->callback([&action, file] {
        action = [file] {
            return with_config<config::PharmacyConfig>(
                config::load_pharmacy_config(*file),
                false,
                [](const config::PharmacyConfig& config) { return resume(config, config.node); });
        };
    });
}

} // namespace

void add_daemons(CLI::App& app, Action& action) {
    auto* ward = app.add_subcommand(
        "ward",
        "the daemon of a ward PC: scanners, checks, pages for nurses, link to the pharmacy");
    const auto ward_options = add_daemon_options(*ward, default_ward_file);
    add_join(*ward, action);
    add_ward_resume(*ward, action);
    ward->callback([&action, ward, ward_options] {
        if (!ward->get_subcommands().empty()) {
            return; // a command beside the daemon, which has set the action
        }
        action = [ward_options] {
            return with_config<config::WardConfig>(
                config::load_ward_config(ward_options->config),
                ward_options->check_only,
                [](const config::WardConfig& config) { return ward::run(config, {}); });
        };
    });
    auto* pharmacy = app.add_subcommand(
        "pharmacy",
        "the daemon of the pharmacy: receives the wards' entries, board for pharmacists");
    const auto pharmacy_options = add_daemon_options(*pharmacy, default_pharmacy_file);
    add_pharmacy_command(
        *pharmacy,
        "enroll",
        "print a one-time code, good for 24 hours, with which that ward joins; the daemon may run",
        action,
        commands::run_enroll);
    add_pharmacy_command(
        *pharmacy,
        "revoke",
        "end that ward's certificates and code: its connection is cut, its calls are refused",
        action,
        commands::run_revoke);
    add_pharmacy_resume(*pharmacy, action);
    pharmacy->callback([&action, pharmacy, pharmacy_options] {
        if (!pharmacy->get_subcommands().empty()) {
            return; // a command beside the daemon, which has set the action
        }
        action = [pharmacy_options] {
            return with_config<config::PharmacyConfig>(
                config::load_pharmacy_config(pharmacy_options->config),
                pharmacy_options->check_only,
                [](const config::PharmacyConfig& config) { return pharmacy::run(config, {}); });
        };
    });
}

void add_demo(CLI::App& app, Action& action) {
    auto* demo = app.add_subcommand(
        "demo", "a ward and the pharmacy on this machine, with an example hospital");
    const auto arguments = std::make_shared<commands::DemoArguments>();
    demo->add_option("--folder", arguments->folder, "where the example lives (kept between runs)");
    demo->add_flag("--fresh", arguments->fresh, "start over");
    demo->add_option("--hospital", arguments->hospital, "folder of the example's sheets");
    demo->add_option("--pages", arguments->pages, "folder of the web pages");
    demo->add_option("--ward-port", arguments->ward_port, "port of the nurses' pages")
        ->capture_default_str()
        ->check(CLI::Range(1, 65535));
    demo->add_option("--pharmacy-port", arguments->pharmacy_port, "port of the board")
        ->capture_default_str()
        ->check(CLI::Range(1, 65535));
    demo->add_option("--link-port", arguments->link_port, "port between the two")
        ->capture_default_str()
        ->check(CLI::Range(1, 65535));
    demo->callback([&action, arguments] {
        action = [arguments] { return commands::run_demo(*arguments, std::cout, std::cerr); };
    });
}

} // namespace cartwatch::command_line
