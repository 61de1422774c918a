// Commands that work on what a node holds: its history, its lists, its store as a file.
#include "daemon/clock/calendar.hpp"
#include "daemon/command_line/options.hpp"
#include "daemon/commands/backup.hpp"
#include "daemon/commands/beside.hpp"
#include "daemon/commands/export.hpp"
#include "daemon/commands/figures.hpp"
#include "daemon/commands/import.hpp"
#include "daemon/commands/labels.hpp"
#include "daemon/commands/pack.hpp"
#include "daemon/commands/verify.hpp"
#include "daemon/commands/watch.hpp"
#include "daemon/node/node.hpp"

#include <unistd.h>

namespace cartwatch::command_line {

namespace {

void add_export(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("export", "readiness history to a file or standard output");
    const auto arguments = std::make_shared<commands::ExportArguments>();
    const auto node = add_node(*command);
    command
        ->add_option(
            "what",
            arguments->what,
            "checks, findings, alerts, stock, readiness, seals, staff, expiry (what expires, by "
            "month), rotation (swaps that save what would expire unused) or dues (each due check "
            "and what became of it)")
        ->required()
        ->check(CLI::IsMember(
            {"checks",
             "findings",
             "alerts",
             "stock",
             "readiness",
             "seals",
             "staff",
             "expiry",
             "rotation",
             "dues"}));
    add_day(*command, "--from", arguments->from, "first day");
    add_day(*command, "--to", arguments->to, "last day");
    command->add_option("--format", arguments->format, "csv, xlsx or json")
        ->capture_default_str()
        ->check(CLI::IsMember({"csv", "xlsx", "json"}));
    command->add_option("--output", arguments->output, "the file; left out: standard output");
    command->add_flag("--force", arguments->force, "replace a file that is there");
    command->add_flag(
        "--no-bom", arguments->no_bom, "CSV without the mark by which Excel and WPS know UTF-8");
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

void add_pack(CLI::App& app, Action& action) {
    auto* pack = app.add_subcommand(
        "pack",
        "what an inspector asks for, of some days and stations, as a folder that cartwatch verify "
        "proves unchanged: schema/pack.md");
    const auto arguments = std::make_shared<commands::PackArguments>();
    const auto node = add_node(*pack, default_pharmacy_file);
    add_day(*pack, "--from", arguments->from, "first day (30 days up to the last)");
    add_day(*pack, "--to", arguments->to, "last day (today)");
    pack->add_option("--station", arguments->stations, "of this station alone; may be repeated")
        ->type_name("ID");
    pack->add_option("--language", arguments->language, "of the report: zh-CN or en")
        ->capture_default_str()
        ->check(CLI::IsMember({"zh-CN", "en"}));
    pack->add_option("--hospital", arguments->hospital, "name on the report (the node's)");
    pack->add_option("--output", arguments->output, "the folder (named by the days, here)");
    const auto folder_alone = std::make_shared<bool>(false);
    pack->add_flag("--no-zip", *folder_alone, "the folder alone, without its zip beside it");
    pack->add_flag("--force", arguments->force, "replace a pack that is there");
    pack->callback([&action, arguments, node, folder_alone] {
        arguments->zip = !*folder_alone;
        action = [arguments, node] {
            return with_node(*node, [&](const config::NodeConfig& config) {
                arguments->node = config;
                arguments->now = clock::system_now();
                arguments->terminal = isatty(STDERR_FILENO) == 1;
                return commands::run_pack(*arguments, std::cout, std::cerr);
            });
        };
    });
}

void add_watch(CLI::App& app, Action& action) {
    auto* watch = app.add_subcommand(
        "watch",
        "what becomes of alerts, a line a step, as they arrive: what is open first, then what "
        "comes, until interrupted");
    const auto arguments = std::make_shared<commands::WatchArguments>();
    const auto node = add_node(*watch, default_pharmacy_file);
    watch->add_flag("--json", arguments->json, "one JSON object a line: schema/watch.md");
    watch
        ->add_option(
            "--after",
            arguments->after,
            "go on after the step of that position, as --json says it; 0: all there ever was")
        ->check(CLI::NonNegativeNumber)
        ->type_name("POSITION");
    watch->add_flag("--once", arguments->once, "say what is there, and end");
    watch->add_option("--language", arguments->language, "zh-CN or en")
        ->capture_default_str()
        ->check(CLI::IsMember({"zh-CN", "en"}));
    watch->callback([&action, arguments, node] {
        action = [arguments, node] {
            return with_node(*node, [&](const config::NodeConfig& config) {
                arguments->node = config;
                return commands::run_watch(*arguments, std::cout, std::cerr);
            });
        };
    });
}

} // namespace

void add_history(CLI::App& app, Action& action) {
    add_export(app, action);
    add_figures(app, action);
    add_pack(app, action);
    add_watch(app, action);
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

namespace {

struct LabelsOption {
    const char* flag;
    const char* name; // as labels::Options calls it
    const char* help;
};

constexpr LabelsOption labels_options[] = {
    {"--paper",
     "paper",
     "a4-24 (3 x 8 of 64 x 33.9 mm), a4-65 (5 x 13 of 38.1 x 21.2 mm; usual for lines), "
     "roll-50x30, roll-60x40, card (85.6 x 54 mm), or one of your own: sheet, roll"},
    {"--width", "width", "of a label, mm (sheet, roll)"},
    {"--height", "height", "of a label, mm (sheet, roll)"},
    {"--columns", "columns", "labels beside each other (sheet)"},
    {"--rows", "rows", "labels under each other (sheet)"},
    {"--left", "left", "left edge of the first label, mm (sheet)"},
    {"--top", "top", "top edge of the first label, mm (sheet)"},
    {"--step-x", "step_x", "from one label's left edge to the next one's, mm (sheet; its width)"},
    {"--step-y", "step_y", "from one label's top edge to the next one's, mm (sheet; its height)"},
    {"--offset-x", "offset_x", "move everything right, -5 to 5 mm in steps of 0.5"},
    {"--offset-y", "offset_y", "move everything down, -5 to 5 mm in steps of 0.5"},
    {"--start", "start", "place of the first label: a part sheet is used up"},
    {"--bars", "bars", "auto (where the label has room), always or never"},
    {"--format", "format", "pdf, svg (one page, with the labels' edges) or zpl (label printers)"},
    {"--page", "page", "of an svg"},
    {"--dpi", "dpi", "of a label printer: 203 or 300"},
};

} // namespace

void add_labels(CLI::App& app, Action& action) {
    auto* labels = app.add_subcommand("labels", "labels with codes, on sheets of A4 and on rolls");
    const auto arguments = std::make_shared<commands::LabelsArguments>();
    const auto node = add_node(*labels);
    labels
        ->add_option(
            "what",
            arguments->what,
            "carts, lines, devices, staff, commands, seals (the tags of closed carts) or "
            "calibration (rulers of 100 mm and the labels' edges)")
        ->required()
        ->check(CLI::IsMember(
            {"carts", "lines", "devices", "staff", "commands", "seals", "calibration"}));
    labels->add_option("--output", arguments->output, "folder for the files, or - to print them")
        ->capture_default_str();
    labels->add_flag("--force", arguments->force, "replace files that are there");
    for (const LabelsOption& option : labels_options) {
        labels->add_option_function<std::string>(
            option.flag,
            [arguments, name = option.name](const std::string& value) {
                arguments->options[name] = value;
            },
            option.help);
    }
    const auto only = std::make_shared<std::vector<std::string>>();
    labels
        ->add_option(
            "--only", *only, "tags, ids, carts (all in them), or CART/LINE; with commas between")
        ->delimiter(',');
    labels->callback([&action, arguments, only, node] {
        for (const std::string& name : *only) {
            std::string& names = arguments->options["only"];
            names += (names.empty() ? "" : ",") + name;
        }
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
        "recompute the hash chain and every table, or every file of an inspection pack; names the "
        "first thing that does not hold");
    const auto verify_node = add_node(*verify);
    const auto verified = std::make_shared<std::string>();
    const auto rebuild = std::make_shared<bool>(false);
    verify
        ->add_option(
            "database", *verified, "a store, a backup or an inspection pack (the node's own store)")
        ->type_name("FILE");
    verify->add_flag("--rebuild", *rebuild, "make the tables anew from the journal first");
    const auto beside = std::make_shared<std::string>();
    verify
        ->add_option(
            "--beside",
            *beside,
            "say instead, in words, what only this copy holds: a branch that was set aside")
        ->type_name("KEPT");
    const auto entry = std::make_shared<std::string>();
    verify
        ->add_option(
            "--entry", *entry, "tell the hash of this entry as well, as a printed page names it")
        ->type_name("NODE:NUMBER");
    verify->callback([&action, verify_node, verified, rebuild, beside, entry] {
        action = [verify_node, verified, rebuild, beside, entry] {
            const auto run = [&](const std::filesystem::path& file) {
                if (!beside->empty()) {
                    return commands::run_beside({file, *beside}, std::cout, std::cerr);
                }
                return commands::run_verify({file, *rebuild, *entry}, std::cout, std::cerr);
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

} // namespace cartwatch::command_line
