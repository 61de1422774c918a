#include "daemon/records/sheets.hpp"

#include "daemon/journal/body.hpp"
#include "daemon/reports/sheet.hpp"

#include <memory>
#include <utility>

namespace cartwatch::records {

namespace {

// Refused whole, too, where a definition could not be recorded as it is.
Result<imports::Events> events_of(imports::SheetKind kind, const std::string& bytes) {
    const auto table = reports::read_sheet(bytes);
    if (!table) {
        return tl::make_unexpected(table.error());
    }
    imports::Events events = imports::read_definitions(kind, *table);
    if (events) {
        for (const readiness::Event& event : *events) {
            if (const auto good = journal::recordable(event); !good) {
                return tl::make_unexpected(good.error());
            }
        }
    }
    return events;
}

} // namespace

std::function<void(imports::SheetKind, std::string, web::SheetDone)> sheets(ReadingThread& thread) {
    return [&thread](imports::SheetKind kind, std::string bytes, const web::SheetDone& done) {
        const auto read = std::make_shared<Result<imports::Events>>();
        auto work = [kind, bytes = std::move(bytes), read]() -> Result<std::string> {
            *read = events_of(kind, bytes);
            return std::string();
        };
        thread.ask(std::move(work), [read, done](const Result<std::string>& finished) {
            if (finished) {
                done(std::move(*read));
            } else {
                done(tl::make_unexpected(finished.error()));
            }
        });
    };
}

} // namespace cartwatch::records
