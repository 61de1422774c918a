#include "daemon/records/records.hpp"

#include "daemon/records/check_record.hpp"
#include "daemon/records/downloads.hpp"
#include "daemon/records/expiry_answer.hpp"
#include "daemon/records/figures_answer.hpp"
#include "daemon/records/history.hpp"
#include "daemon/records/printed_labels.hpp"
#include "daemon/records/sheets.hpp"

#include <utility>

namespace cartwatch::records {

Records::Records(
    const boost::asio::any_io_executor& loop,
    const std::filesystem::path& store_file,
    clock::Calendar calendar,
    ledger::Ledger& ledger)
    : store_file_(store_file),
      folder_(store_file.parent_path() / "downloads"),
      calendar_(std::move(calendar)),
      ledger_(ledger),
      files_(loop),
      pages_(loop) {}

void Records::put(web::Service& service) {
    service.export_data = downloads(files_, store_file_, folder_, calendar_, [this] {
        const readiness::Context moment = ledger_.moment();
        return DownloadMoment{moment.today, moment.now, ledger_.state().self};
    });
    service.check_record = check_records(pages_, store_file_, ledger_);
    service.labels = printed_labels(pages_, store_file_);
    service.read_sheet = sheets(files_);
    service.history = [this](web::HistoryQuestion question, web::TextDone done) {
        const Asked asked = asked_of(ledger_, calendar_, std::move(question));
        const auto work = [this, asked] {
            store::Reader reader(store_file_);
            return Result<std::string>(history_text(reader, calendar_, asked));
        };
        pages_.ask(work, std::move(done));
    };
    service.expiry = [this](const web::ExpiryQuestion& question, web::TextDone done) {
        const auto work = [this, question, today = ledger_.moment().today] {
            store::Reader reader(store_file_);
            return Result<std::string>(expiry_text(reader, question, today));
        };
        pages_.ask(work, std::move(done));
    };
    service.history_figures = [this](web::HistoryQuestion question, web::TextDone done) {
        const FiguresAsked asked = figures_asked_of(ledger_, std::move(question));
        const auto work = [this, asked] {
            store::Reader reader(store_file_);
            return Result<std::string>(figures_text(reader, calendar_, asked));
        };
        pages_.ask(work, std::move(done));
    };
}

} // namespace cartwatch::records
