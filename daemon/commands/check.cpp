#include "daemon/commands/check.hpp"

#include "daemon/commands/program_files.hpp"
#include "daemon/node/local_ledger.hpp"
#include "daemon/texts/catalogue.hpp"
#include "scanner/codes/reader.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>
#include <sstream>

namespace cartwatch::commands {

using namespace readiness;

namespace {

constexpr const char* check_prefix = "cartwatch check: ";
constexpr std::size_t line_bytes_max = 16'384; // twice the longest scan
constexpr const char* terminal_station = "terminal";

constexpr const char* words_of_command =
    "/undo  /missing [LINE]  /quantity N [LINE]  /damaged N [LINE]  /out [LINE]\n"
    "/expiry DATE [LOT] [LINE]  /pass [DEVICE]  /fail [DEVICE]  /close  /cancel  /help";

int number_of(const std::string& text) {
    // What is far too large stays too large: the rules refuse it.
    return static_cast<int>(std::min<std::int64_t>(parse_digits(text).value_or(-1), 1'000'000));
}

// The command of a line that begins with a slash; nullopt where it is none.
std::optional<Command> command_of(const std::string& line) {
    std::istringstream words(line);
    std::string name;
    std::string first;
    std::string second;
    std::string third;
    words >> name >> first >> second >> third;
    if (name == "/undo") {
        return Undo{};
    }
    if (name == "/missing") {
        return MarkMissing{first};
    }
    if (name == "/quantity" && number_of(first) >= 0) {
        return EnterQuantity{number_of(first), second};
    }
    if (name == "/damaged" && number_of(first) >= 0) {
        return MarkDamaged{number_of(first), second};
    }
    if (name == "/out") {
        return TakeOutExpired{first};
    }
    if (name == "/expiry" && parse_day(first)) {
        return EnterExpiry{*parse_day(first), second, third};
    }
    if (name == "/pass" || name == "/fail") {
        return ReportTest{name == "/pass", first, second};
    }
    if (name == "/reading" && parse_amount(first)) {
        return EnterReading{*parse_amount(first), second, third};
    }
    if (name == "/close") {
        return CloseCheck{};
    }
    if (name == "/cancel") {
        return CancelCheck{};
    }
    return std::nullopt;
}

// Names come in both languages, `name` and `name_en`; the texts of each language ask for `name`.
texts::Values values_of(const Reply& reply, const std::string& language) {
    texts::Values values = reply.values;
    for (const auto& [name, value] : reply.values) {
        const auto english = reply.values.find(name + "_en");
        if (language == "en" && english != reply.values.end() && !english->second.empty()) {
            values[name] = english->second;
        }
    }
    return values;
}

class Terminal {
public:
    Terminal(
        const CheckArguments& arguments,
        std::optional<texts::Catalogue> catalogue,
        std::ostream& out)
        : arguments_(arguments), catalogue_(std::move(catalogue)), out_(out) {}

    void print(const Reply& reply) {
        if (arguments_.json) {
            nlohmann::ordered_json json;
            json["kind"] = to_text(reply.kind);
            json["message"] = reply.message;
            json["verdict"] = nullptr;
            if (reply.verdict) {
                json["verdict"] = to_text(*reply.verdict);
            }
            json["line"] = reply.line;
            json["device"] = reply.device;
            json["lot"] = reply.lot;
            json["step"] = reply.step;
            json["values"] = reply.values;
            out_ << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
        } else {
            static constexpr const char* glyphs[] = {"✓", "●", "✕", "▸"};
            out_ << glyphs[static_cast<std::size_t>(reply.kind)] << ' '
                 << catalogue_->text(
                        "message." + reply.message, values_of(reply, arguments_.language))
                 << '\n';
        }
        out_.flush();
    }

private:
    const CheckArguments& arguments_;
    std::optional<texts::Catalogue> catalogue_;
    std::ostream& out_;
};

const Cart* find_cart(const NodeState& node, const std::string& name) {
    for (const auto& [id, cart] : node.carts) {
        if (id == name || cart.tag == name) {
            return &cart;
        }
    }
    return nullptr;
}

// Reads a line of bounded length; what is over the limit is read and thrown away.
bool next_line(std::istream& in, std::string& line) {
    line.clear();
    for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
        if (c == '\n') {
            return true;
        }
        if (line.size() <= line_bytes_max) {
            line += static_cast<char>(c);
        }
    }
    return !line.empty();
}

Command scan_of(const std::string& text, Day today) {
    codes::ReadOptions options;
    options.as_of = today;
    return Scan{codes::read(text, options), false};
}

// The day's judgement of the cart once no check of it is open; 1 while one is.
int verdict_of(node::LocalLedger& ledger, const std::string& node_name, const std::string& cart) {
    const State& state = ledger.ledger().state();
    const NodeState& node = node_of(state, node_name);
    if (open_check_of(node, cart)) {
        return 1;
    }
    // With the clock set back, on the latest day that was known, as the pages do.
    const AsOf known = latest_day(node, ledger.ledger().moment().as_of());
    const auto judgement = evaluate(
        node.carts.at(cart),
        policy_for(state, node_name),
        recalls_for(state, node_name),
        known,
        substitutions_for(state, node_name));
    return judgement.readiness == Readiness::ready ? 0 : 1;
}

int check_cart(
    node::LocalLedger& ledger,
    const CheckArguments& arguments,
    Terminal& terminal,
    std::istream& in,
    std::ostream& err) {
    const std::string& self = arguments.node.common.node;
    const Cart* cart = find_cart(node_of(ledger.ledger().state(), self), arguments.cart);
    if (!cart) {
        err << check_prefix << "no cart \"" << quotable(arguments.cart)
            << "\" here; name one by its id or tag\n";
        return 2;
    }
    const std::string id = cart->id;
    const Day today = ledger.ledger().moment().today;
    std::string line = cart->tag;
    bool scan = true;
    do {
        const auto typed = scan ? std::optional(scan_of(line, today)) : command_of(line);
        if (!typed) {
            err << words_of_command << '\n';
        } else {
            const auto reply = ledger.run(terminal_station, *typed);
            if (!reply) {
                err << check_prefix << reply.error().text << '\n';
                return 3;
            }
            terminal.print(*reply);
        }
        do {
            if (!next_line(in, line)) {
                return verdict_of(ledger, self, id);
            }
        } while (line.empty());
        scan = line.front() != '/';
    } while (true);
}

} // namespace

int run_check(
    const CheckArguments& arguments, std::istream& in, std::ostream& out, std::ostream& err) {
    const auto calendar = clock::Calendar::of_zone(arguments.node.common.time_zone);
    auto catalogue = texts::Catalogue::load(installed_folder("texts"), arguments.language);
    if (!calendar || !catalogue) {
        err << check_prefix << (calendar ? catalogue.error() : calendar.error()).text << '\n';
        return 2;
    }
    try {
        const node::Role role{
            web::NodeRole::ward, arguments.node.pharmacy_node, arguments.node.tag_block};
        node::LocalLedger ledger(arguments.node.common, role, *calendar);
        Terminal terminal(arguments, std::move(*catalogue), out);
        return check_cart(ledger, arguments, terminal, in, err);
    } catch (const std::exception& error) {
        err << check_prefix << error.what() << '\n';
        return 3;
    }
}

} // namespace cartwatch::commands
