#include "daemon/records/printed_labels.hpp"

#include "daemon/labels/labels_json.hpp"
#include "daemon/labels/order.hpp"

#include <array>
#include <utility>

namespace cartwatch::records {

namespace {

namespace fs = std::filesystem;
using labels::Kind;
using reports::LabelsFormat;

constexpr std::array<Kind, 5> page_kinds = {
    Kind::carts, Kind::lines, Kind::devices, Kind::commands, Kind::seals};

// An order that the page may make.
Result<labels::Order> page_order(std::string_view what, const labels::Options& options) {
    auto order = labels::parse_order(what, options);
    if (order && order->kind == Kind::staff) {
        return refused(
            ErrorCode::not_allowed,
            "badges are signed with: print them with \"cartwatch labels staff\" on this machine");
    }
    return order;
}

web::LabelFile file_of(std::string_view what, LabelsFormat format) {
    const std::string name = "cartwatch-" + std::string(what);
    switch (format) {
    case LabelsFormat::pdf:
        return {"application/pdf", name + ".pdf", ""};
    case LabelsFormat::svg:
        return {"image/svg+xml", "", ""};
    case LabelsFormat::zpl:
        break;
    }
    return {"application/zpl", name + ".zpl", ""};
}

Result<std::string> bytes_of(const fs::path& store_file, const labels::Order& order) {
    const auto content = labels::ordered_content(store_file, order);
    if (!content) {
        return tl::make_unexpected(content.error());
    }
    auto sheets = labels::draw(order, *content);
    if (!sheets) {
        return tl::make_unexpected(sheets.error());
    }
    return std::move(sheets->bytes);
}

} // namespace

web::PrintedLabels printed_labels(ReadingThread& thread, const fs::path& store_file) {
    web::PrintedLabels printed;
    printed.offer = [&thread, &store_file](web::TextDone done) {
        const auto work = [&store_file] {
            return Result<std::string>(labels::offer_json(store_file, page_kinds));
        };
        thread.ask(work, std::move(done));
    };
    printed.things =
        [&thread, &store_file](std::string_view what, const std::string& cart, web::TextDone done) {
            const auto order = page_order(what, {});
            if (!order || !order->kind) {
                done(refused(
                    order ? ErrorCode::not_found : order.error().code,
                    order ? "a calibration page has no labels" : order.error().text));
                return;
            }
            const auto work = [&store_file, cart, kind = *order->kind] {
                return Result<std::string>(
                    labels::things_json(labels::content_of(store_file, kind), cart));
            };
            thread.ask(work, std::move(done));
        };
    printed.sheet = [&thread, &store_file](
                        std::string_view what,
                        const web::LabelOptions& options,
                        const web::LabelFileDone& done) {
        const auto order = page_order(what, options);
        if (!order) {
            done(tl::make_unexpected(order.error()));
            return;
        }
        const auto file = file_of(what, order->plan.format);
        const auto work = [&store_file, order = *order] { return bytes_of(store_file, order); };
        thread.ask(work, [file, done](Result<std::string> bytes) {
            if (!bytes) {
                done(tl::make_unexpected(bytes.error()));
                return;
            }
            done(web::LabelFile{file.media_type, file.file_name, std::move(*bytes)});
        });
    };
    return printed;
}

} // namespace cartwatch::records
