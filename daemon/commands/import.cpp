#include "daemon/commands/import.hpp"

#include "daemon/commands/input_file.hpp"
#include "daemon/commands/program_files.hpp"
#include "daemon/imports/import.hpp"
#include "daemon/reports/sheet.hpp"
#include "daemon/texts/catalogue.hpp"

#include <exception>
#include <ostream>
#include <set>

namespace cartwatch::commands {

using namespace readiness;

namespace {

constexpr const char* import_prefix = "cartwatch import: ";

imports::Events definitions_of(const std::string& what, const imports::Table& table) {
    return what == "products" ? imports::read_products(table)
           : what == "staff"  ? imports::read_staff(table)
                              : imports::read_carts(table);
}

void list(const char* word, const std::vector<std::string>& ids, std::ostream& out) {
    for (const std::string& id : ids) {
        out << word << ' ' << id << '\n';
    }
}

void summarise(const imports::Changes& changes, bool dry_run, std::ostream& out) {
    out << (dry_run ? "would be: " : "") << changes.added.size() << " added, "
        << changes.changed.size() << " changed, " << changes.same.size() << " unchanged\n";
}

} // namespace

Result<std::vector<Event>>
read_definitions(const std::string& what, const std::filesystem::path& file, std::ostream& err) {
    const auto bytes = read_input_file(file.string(), reports::sheet_bytes_max);
    const auto table = bytes ? reports::read_sheet(*bytes)
                             : Result<imports::Table>(tl::make_unexpected(bytes.error()));
    if (!table) {
        const std::string name = bytes ? file.string() + ": " : std::string();
        err << import_prefix << name << table.error().text << '\n';
        return tl::make_unexpected(table.error());
    }
    auto events = definitions_of(what, *table);
    if (!events) {
        for (const imports::RowFault& fault : events.error()) {
            err << import_prefix << file.string() << ": " << imports::to_text(fault) << '\n';
        }
        err << import_prefix << "nothing was imported; mend these rows and try again\n";
        return refused(ErrorCode::bad_input, "rows are refused");
    }
    return std::move(*events);
}

// Why the rules refuse definitions, as one line.
void say_refusal(const Reply& reply, std::ostream& err) {
    const auto catalogue = texts::Catalogue::load(installed_folder("texts"), "en");
    err << import_prefix
        << (catalogue ? catalogue->text("message." + reply.message, reply.values) : reply.message)
        << '\n';
}

bool define(node::LocalLedger& ledger, std::vector<Event> events, std::ostream& err) {
    Define command;
    command.events = std::move(events);
    command.actor = "system";
    const auto reply = ledger.run("", std::move(command));
    if (!reply) {
        err << import_prefix << reply.error().text << '\n';
        return false;
    }
    if (reply->kind == ReplyKind::reject) {
        say_refusal(*reply, err);
        return false;
    }
    return true;
}

namespace {

// What a check found counts more than a sheet: opening stock is for carts that nobody has looked
// into.
void keep_checked_stock(std::vector<Event>& events, const NodeState& known, std::ostream& err) {
    std::set<std::string> kept;
    std::erase_if(events, [&](const Event& event) {
        const auto* stock = std::get_if<StockRecorded>(&event);
        const auto cart = stock ? known.carts.find(stock->cart) : known.carts.end();
        const bool checked = cart != known.carts.end()
                             && (cart->second.last_full_check || open_check_of(known, cart->first));
        if (checked) {
            kept.insert(stock->cart);
        }
        return checked;
    });
    for (const std::string& cart : kept) {
        err << import_prefix << "the stock of " << cart << " is left as its last check found it\n";
    }
}

// The same decision as importing, without recording it.
bool would_define(node::LocalLedger& ledger, std::vector<Event> events, std::ostream& err) {
    Define command;
    command.events = std::move(events);
    command.actor = "system";
    const Decision decision =
        decide(ledger.ledger().state(), Session{}, std::move(command), ledger.ledger().moment());
    if (decision.reply.kind == ReplyKind::reject) {
        say_refusal(decision.reply, err);
        return false;
    }
    return true;
}

} // namespace

int run_import(const ImportArguments& arguments, std::ostream& out, std::ostream& err) {
    auto events = read_definitions(arguments.what, arguments.file, err);
    if (!events) {
        return 2;
    }
    const auto calendar = clock::Calendar::of_zone(arguments.node.common.time_zone);
    if (!calendar) {
        err << import_prefix << calendar.error().text << '\n';
        return 2;
    }
    try {
        const node::Role role{
            arguments.node.is_pharmacy ? web::NodeRole::pharmacy : web::NodeRole::ward,
            arguments.node.pharmacy_node,
            arguments.node.tag_block};
        node::LocalLedger ledger(arguments.node.common, role, *calendar);
        const NodeState& known = node_of(ledger.ledger().state(), arguments.node.common.node);
        keep_checked_stock(*events, known, err);
        const auto changes = imports::changes_of(*events, known);
        if (arguments.dry_run) {
            if (!would_define(ledger, *events, err)) {
                return 2;
            }
            list("add", changes.added, out);
            list("change", changes.changed, out);
        } else if (!define(ledger, std::move(*events), err)) {
            return 2;
        }
        summarise(changes, arguments.dry_run, out);
        return 0;
    } catch (const std::exception& error) {
        err << import_prefix << error.what() << '\n';
        return 3;
    }
}

} // namespace cartwatch::commands
