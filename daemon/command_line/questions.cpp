// Commands that answer what they are given, and the check in a terminal.
#include "daemon/clock/calendar.hpp"
#include "daemon/command_line/options.hpp"
#include "daemon/commands/check.hpp"
#include "daemon/commands/decode.hpp"
#include "daemon/commands/evaluate.hpp"
#include "daemon/commands/read.hpp"

namespace cartwatch::command_line {

namespace {

Day today_here() {
    return clock::day_of_machine(clock::system_now());
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

} // namespace

void add_questions(CLI::App& app, Action& action) {
    add_reading(app, action);
    add_evaluate(app, action);
    add_check(app, action);
}

} // namespace cartwatch::command_line
