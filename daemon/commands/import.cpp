#include "daemon/commands/import.hpp"

#include "daemon/commands/input_file.hpp"
#include "daemon/commands/program_files.hpp"
#include "daemon/imports/import.hpp"
#include "daemon/reports/sheet.hpp"
#include "daemon/texts/catalogue.hpp"
#include "scanner/values/ensure.hpp"

#include <exception>
#include <ostream>

namespace cartwatch::commands {

using namespace readiness;

namespace {

constexpr const char* import_prefix = "cartwatch import: ";

// The program prints English; the page has both languages.
std::string text_of(std::string_view key, const std::string& bare, const texts::Values& values) {
    const auto catalogue = texts::Catalogue::load(installed_folder("texts"), "en");
    return catalogue ? catalogue->text(key, values) : bare;
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

Result<imports::Definitions>
read_definitions(const std::string& what, const std::filesystem::path& file, std::ostream& err) {
    const auto bytes = read_input_file(file.string(), reports::sheet_bytes_max);
    const auto table = bytes ? reports::read_sheet(*bytes)
                             : Result<imports::Table>(tl::make_unexpected(bytes.error()));
    if (!table) {
        const std::string name = bytes ? file.string() + ": " : std::string();
        err << import_prefix << name << table.error().text << '\n';
        return tl::make_unexpected(table.error());
    }
    const auto kind = imports::parse_sheet_kind(what);
    ensure(kind.has_value(), "what is imported is products, carts or staff");
    auto events = imports::read_definitions(*kind, *table);
    if (!events) {
        for (const imports::RowFault& fault : events.error()) {
            err << import_prefix << file.string() << ": row " << fault.row << ": "
                << (fault.column.empty() ? "" : fault.column + " ")
                << text_of("import_fault." + fault.what, fault.what, fault.values) << '\n';
        }
        err << import_prefix << "nothing was imported; mend these rows and try again\n";
        return refused(ErrorCode::bad_input, "rows are refused");
    }
    return std::move(*events);
}

// Why the rules refuse definitions, as one line.
void say_refusal(const Reply& reply, std::ostream& err) {
    texts::Values values = reply.values;
    if (const auto what = values.find("what"); what != values.end()) {
        what->second = text_of("what." + what->second, what->second, {});
    }
    err << import_prefix << text_of("message." + reply.message, reply.message, values) << '\n';
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
        for (const std::string& cart : imports::keep_checked_stock(*events, known)) {
            err << import_prefix << "the stock of " << cart
                << " is left as its last check found it\n";
        }
        for (const std::string& id : imports::keep_retired(*events, known)) {
            err << import_prefix << id << " stays retired: \"no\" under \"retired\" changes that\n";
        }
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
