#include "daemon/commands/store_status.hpp"
#include "daemon/commands/verify.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/rebuild.hpp"
#include "daemon/store/verify.hpp"
#include "scanner/values/text.hpp"

#include <cstdint>
#include <ostream>

namespace cartwatch::commands {

namespace {

void write_entry(
    const std::string& node, std::int64_t seq, const std::string& hash, std::ostream& out) {
    out << node << ": entry " << seq << ", hash " << hash << '\n';
}

// Tells the entry that was asked for by its name.
int write_asked(const VerifyArguments& arguments, std::ostream& out, std::ostream& err) {
    const std::string& name = arguments.entry;
    const std::size_t colon = name.rfind(':');
    const auto digits = colon == std::string::npos
                            ? std::nullopt
                            : parse_digits(std::string_view(name).substr(colon + 1));
    const std::int64_t seq = digits.value_or(0);
    bool found = false;
    if (seq > 0) {
        store::Reader reader(arguments.database);
        reader.entries_back(name.substr(0, colon), seq, seq, [&](const journal::Entry& entry) {
            found = true;
            write_entry(entry.node, entry.seq, entry.hash, out);
            return true;
        });
    }
    if (!found) {
        err << arguments.database.string() << ": no entry \"" << shortened(name)
            << "\"; it is named as ward-1:42\n";
    }
    return found ? 0 : 2;
}

} // namespace

int run_verify_database(const VerifyArguments& arguments, std::ostream& out, std::ostream& err) {
    try {
        if (arguments.rebuild) {
            store::rebuild(arguments.database);
        }
        const store::VerifyReport report = store::verify(arguments.database);
        if (!report.holds()) {
            err << arguments.database.string() << ": does not hold: " << report.fault->text << '\n';
            return 1;
        }
        out << arguments.database.string() << ": holds: " << report.entries << " entries of "
            << report.nodes << (report.nodes == 1 ? " node, " : " nodes, ") << report.tables
            << " tables\n";
        for (const auto& [node, head] : report.heads) {
            write_entry(node, head.seq, head.hash, out);
        }
        return arguments.entry.empty() ? 0 : write_asked(arguments, out, err);
    } catch (const store::StoreFailure& failure) {
        return status_of(failure, err);
    }
}

} // namespace cartwatch::commands
