// The command line: words become arguments of a command, nothing more. The only place with CLI11.
#include "daemon/clock/calendar.hpp"
#include "daemon/commands/backup.hpp"
#include "daemon/commands/check.hpp"
#include "daemon/commands/decode.hpp"
#include "daemon/commands/demo.hpp"
#include "daemon/commands/evaluate.hpp"
#include "daemon/commands/export.hpp"
#include "daemon/commands/figures.hpp"
#include "daemon/commands/import.hpp"
#include "daemon/commands/labels.hpp"
#include "daemon/commands/read.hpp"
#include "daemon/commands/trust.hpp"
#include "daemon/commands/verify.hpp"
#include "daemon/config/config.hpp"
#include "daemon/node/node.hpp"
#include "daemon/pharmacy/pharmacy.hpp"
#include "daemon/ward/ward.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include <unistd.h>

namespace {

using namespace cartwatch;

constexpr int unusable = 2; // exit status for arguments and files that cannot be used
constexpr int machine_failed = 3;
constexpr const char* default_ward_file = "/etc/cartwatch/ward.toml";
constexpr const char* default_pharmacy_file = "/etc/cartwatch/pharmacy.toml";

constexpr const char* about = "Cartwatch: weekly checks of crash carts by barcode, and shortage "
                              "alerts that reach the pharmacy.\n"
                              "Exit status: 0 done; 1 the answer is no; 2 unusable arguments or "
                              "input; 3 the machine failed.";

// What the chosen command will do once everything is parsed; its exit status.
using Action = std::function<int()>;

// An option that is a calendar day. CLI11 refuses another text before the command runs.
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

Day today_here() {
    return clock::day_of_machine(clock::system_now());
}

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

// The node whose store or keys a command works on.
std::shared_ptr<std::string>
add_node(CLI::App& command, const char* default_file = default_ward_file) {
    auto file = std::make_shared<std::string>(default_file);
    command.add_option("--config", *file, "the node's configuration, TOML")->capture_default_str();
    return file;
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

void add_daemons(CLI::App& app, Action& action) {
    auto* ward = app.add_subcommand(
        "ward",
        "the daemon of a ward PC: scanners, checks, pages for nurses, link to the pharmacy");
    const auto ward_options = add_daemon_options(*ward, default_ward_file);
    add_join(*ward, action);
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

void add_reading(CLI::App& app, Action& action) {
    auto* read = app.add_subcommand(
        "read",
        "parse scan texts (arguments, or one a line on standard input), one JSON object a line");
    const auto read_arguments = std::make_shared<commands::ReadArguments>();
    const auto read_as_of = std::make_shared<std::optional<Day>>();
    add_day(*read, "--as-of", *read_as_of, "the day for two-digit years (today)");
    read->add_option("text", read_arguments->texts, "scan texts")->type_name("TEXT");
    read->callback([&action, read_arguments, read_as_of] {
        action = [read_arguments, read_as_of] {
            read_arguments->as_of = read_as_of->value_or(today_here());
            return commands::run_read(*read_arguments, std::cin, std::cout, std::cerr);
        };
    });

    auto* decode = app.add_subcommand(
        "decode",
        "find and parse every symbol in pictures (PNG, JPEG), one JSON object a symbol a line");
    const auto decode_arguments = std::make_shared<commands::DecodeArguments>();
    const auto decode_as_of = std::make_shared<std::optional<Day>>();
    add_day(*decode, "--as-of", *decode_as_of, "the day for two-digit years (today)");
    decode->add_option("image", decode_arguments->images, "pictures")
        ->required()
        ->type_name("IMAGE");
    decode->callback([&action, decode_arguments, decode_as_of] {
        action = [decode_arguments, decode_as_of] {
            decode_arguments->as_of = decode_as_of->value_or(today_here());
            return commands::run_decode(*decode_arguments, std::cout, std::cerr);
        };
    });
}

void add_evaluate(CLI::App& app, Action& action) {
    auto* evaluate = app.add_subcommand(
        "evaluate",
        "judge a cart given as JSON (schema/evaluate.md); findings and readiness as JSON");
    const auto arguments = std::make_shared<commands::EvaluateArguments>();
    const auto as_of = std::make_shared<std::optional<Day>>();
    evaluate->add_option("file", arguments->file, "the cart; - for standard input")
        ->required()
        ->type_name("FILE");
    add_day(*evaluate, "--as-of", *as_of, "the day to judge")->required();
    evaluate->add_flag("--strict", arguments->strict, "exit status 1 unless the cart is ready");
    evaluate->callback([&action, arguments, as_of] {
        action = [arguments, as_of] {
            arguments->as_of = **as_of;
            return commands::run_evaluate(*arguments, std::cin, std::cout, std::cerr);
        };
    });
}

int with_node(const std::string& file, const std::function<int(const config::NodeConfig&)>& run) {
    return with_config<config::NodeConfig>(config::load_node_config(file), false, run);
}

void add_check(CLI::App& app, Action& action) {
    auto* check = app.add_subcommand(
        "check", "a check in the terminal: scans on standard input, verdicts as lines");
    const auto arguments = std::make_shared<commands::CheckArguments>();
    const auto node = add_node(*check);
    check->add_option("cart", arguments->cart, "the cart's id or tag")
        ->required()
        ->type_name("CART");
    check->add_flag("--json", arguments->json, "one JSON object a line, for programs");
    check->add_option("--language", arguments->language, "zh-CN or en")
        ->capture_default_str()
        ->check(CLI::IsMember({"zh-CN", "en"}));
    check->callback([&action, arguments, node] {
        action = [arguments, node] {
            return with_node(*node, [&](const config::NodeConfig& config) {
                arguments->node = config;
                return commands::run_check(*arguments, std::cin, std::cout, std::cerr);
            });
        };
    });
}

void add_import(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand(
        "import",
        "products, carts or staff from a sheet (CSV in UTF-8 or GBK, XLSX); all or nothing");
    const auto arguments = std::make_shared<commands::ImportArguments>();
    const auto node = add_node(*command);
    command->add_option("what", arguments->what, "products, carts or staff")
        ->required()
        ->check(CLI::IsMember({"products", "carts", "staff"}));
    command->add_option("file", arguments->file, "the sheet")->required()->type_name("FILE");
    command->add_flag("--dry-run", arguments->dry_run, "say what would change, change nothing");
    command->callback([&action, arguments, node] {
        action = [arguments, node] {
            return with_node(*node, [&](const config::NodeConfig& config) {
                arguments->node = config;
                return commands::run_import(*arguments, std::cout, std::cerr);
            });
        };
    });
}

void add_export(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("export", "readiness history to a file or standard output");
    const auto arguments = std::make_shared<commands::ExportArguments>();
    const auto node = add_node(*command);
    command
        ->add_option("what", arguments->what, "checks, findings, alerts, stock, readiness or seals")
        ->required()
        ->check(CLI::IsMember({"checks", "findings", "alerts", "stock", "readiness", "seals"}));
    add_day(*command, "--from", arguments->from, "first day");
    add_day(*command, "--to", arguments->to, "last day");
    command->add_option("--format", arguments->format, "csv, xlsx or json")
        ->capture_default_str()
        ->check(CLI::IsMember({"csv", "xlsx", "json"}));
    command->add_option("--output", arguments->output, "the file; left out: standard output");
    command->add_flag("--force", arguments->force, "replace a file that is there");
    command->callback([&action, arguments, node] {
        action = [arguments, node] {
            return with_node(*node, [&](const config::NodeConfig& config) {
                arguments->node = config;
                arguments->terminal = isatty(STDERR_FILENO) == 1;
                return commands::run_export(*arguments, std::cout, std::cerr);
            });
        };
    });
}

void add_figures(CLI::App& app, Action& action) {
    auto* figures = app.add_subcommand(
        "figures",
        "readiness rate, time ready, checks on time, waits and expiries, from the whole journal");
    const auto arguments = std::make_shared<commands::FiguresArguments>();
    const auto node = add_node(*figures);
    add_day(*figures, "--from", arguments->from, "first day (30 days up to the last)");
    add_day(*figures, "--to", arguments->to, "last day (today)");
    figures->add_option("--by", arguments->by, "one answer for all, or one for each")
        ->capture_default_str()
        ->check(CLI::IsMember({"hospital", "station", "cart"}));
    figures->add_option("--ward", arguments->ward, "of this node's carts alone")->type_name("NODE");
    figures->add_option("--station", arguments->station, "of this station alone")->type_name("ID");
    figures->add_option("--cart", arguments->cart, "of this cart alone")->type_name("ID");
    figures->add_flag("--json", arguments->json, "one JSON object a line: schema/figures.md");
    figures->callback([&action, arguments, node] {
        action = [arguments, node] {
            return with_node(*node, [&](const config::NodeConfig& config) {
                arguments->node = config;
                arguments->now = clock::system_now();
                return commands::run_figures(*arguments, std::cout, std::cerr);
            });
        };
    });
}

void add_labels(CLI::App& app, Action& action) {
    auto* labels = app.add_subcommand("labels", "printable sheets of codes (PDF, A4)");
    const auto arguments = std::make_shared<commands::LabelsArguments>();
    const auto node = add_node(*labels);
    labels
        ->add_option(
            "what",
            arguments->what,
            "carts, lines, devices, staff, commands or seals (the tags of closed carts)")
        ->required()
        ->check(CLI::IsMember({"carts", "lines", "devices", "staff", "commands", "seals"}));
    labels->add_option("--output", arguments->output, "folder for the sheets")
        ->capture_default_str();
    labels->add_flag("--force", arguments->force, "replace sheets that are there");
    labels->callback([&action, arguments, node] {
        action = [arguments, node] {
            return with_node(*node, [&](const config::NodeConfig& config) {
                arguments->node = config;
                return commands::run_labels(*arguments, std::cout, std::cerr);
            });
        };
    });
}

// verify, backup and restore: of the node's own store, or of any file.
void add_store_commands(CLI::App& app, Action& action) {
    auto* verify = app.add_subcommand(
        "verify",
        "recompute the hash chain and every table; names the first entry that does not hold");
    const auto verify_node = add_node(*verify);
    const auto verified = std::make_shared<std::string>();
    const auto rebuild = std::make_shared<bool>(false);
    verify->add_option("database", *verified, "a store or a backup (the node's own)")
        ->type_name("FILE");
    verify->add_flag("--rebuild", *rebuild, "make the tables anew from the journal first");
    verify->callback([&action, verify_node, verified, rebuild] {
        action = [verify_node, verified, rebuild] {
            const auto run = [&](const std::filesystem::path& file) {
                return commands::run_verify({file, *rebuild}, std::cout, std::cerr);
            };
            return verified->empty() ? with_node(
                       *verify_node,
                       [&](const config::NodeConfig& config) {
                           return run(node::store_file(config.common));
                       })
                                     : run(*verified);
        };
    });

    auto* backup = app.add_subcommand("backup", "copy the store while the daemon runs");
    const auto backup_node = add_node(*backup);
    const auto backup_file = std::make_shared<std::string>();
    backup->add_option("file", *backup_file, "must not be there yet")
        ->required()
        ->type_name("FILE");
    backup->callback([&action, backup_node, backup_file] {
        action = [backup_node, backup_file] {
            return with_node(*backup_node, [&](const config::NodeConfig& config) {
                return commands::run_backup(
                    {node::store_file(config.common), *backup_file}, std::cout, std::cerr);
            });
        };
    });

    auto* restore =
        app.add_subcommand("restore", "put a backup in the store's place if it verifies");
    const auto restore_node = add_node(*restore);
    const auto restore_file = std::make_shared<std::string>();
    restore->add_option("file", *restore_file, "the backup")->required()->type_name("FILE");
    restore->callback([&action, restore_node, restore_file] {
        action = [restore_node, restore_file] {
            return with_node(*restore_node, [&](const config::NodeConfig& config) {
                return commands::run_restore(
                    {node::store_file(config.common), *restore_file}, std::cout, std::cerr);
            });
        };
    });
}

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

int run(int count, const char* const* words) {
    CLI::App app{about, "cartwatch"};
    app.set_version_flag("--version", CARTWATCH_VERSION);
    app.require_subcommand(1);
    Action action;
    add_daemons(app, action);
    add_demo(app, action);
    add_reading(app, action);
    add_evaluate(app, action);
    add_check(app, action);
    add_import(app, action);
    add_export(app, action);
    add_figures(app, action);
    add_labels(app, action);
    add_store_commands(app, action);
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            return app.exit(error); // --help and --version
        }
        std::string name = "cartwatch";
        for (const CLI::App* command = &app; !command->get_subcommands().empty();) {
            command = command->get_subcommands().front();
            name += " " + command->get_name();
        }
        std::cerr << name << ": " << one_line(error.what()) << "; see " << name << " --help\n";
        return unusable;
    }
    const int status = action();
    if (!std::cout.flush()) {
        std::cerr << "cartwatch: the answer could not be written: is the disk full?\n";
        return machine_failed;
    }
    return status;
}

} // namespace

int main(int count, char** words) {
    // Through stdio a failure to read standard input would look like its end.
    std::ios::sync_with_stdio(false);
    try {
        return run(count, words);
    } catch (const std::exception& error) {
        std::cerr << "cartwatch: " << error.what() << '\n';
        return machine_failed;
    }
}
