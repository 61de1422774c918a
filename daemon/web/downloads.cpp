#include "daemon/web/downloads.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>
#include <initializer_list>

namespace cartwatch::web {

namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

Result<ExportRequest> export_request_of(const RequestHead& head) {
    ExportRequest request;
    request.what = head.path.substr(export_prefix.size());
    request.format = query_value(head, "format");
    if (!is_one_of(
            request.what,
            {"checks",
             "findings",
             "alerts",
             "stock",
             "readiness",
             "seals",
             "staff",
             "expiry",
             "rotation",
             "dues",
             "pack"})) {
        return refused(
            ErrorCode::not_found, "there is no export \"" + shortened(request.what) + "\"");
    }
    const bool is_pack = request.what == "pack";
    const bool has_format =
        is_pack ? request.format == "zip" : is_one_of(request.format, {"csv", "xlsx", "json"});
    if (!has_format) {
        return refused(
            ErrorCode::bad_input,
            "format=\"" + shortened(request.format) + "\" is none of "
                + (is_pack ? "zip" : "csv, xlsx, json"));
    }
    const auto from = query_day(head, "from");
    const auto to = query_day(head, "to");
    if (!from || !to) {
        return tl::unexpected(from ? to.error() : from.error());
    }
    request.from = *from;
    request.to = *to;
    if (!is_pack) {
        return request;
    }
    request.language = query_value(head, "language");
    if (!*from || !*to || !is_one_of(request.language, {"zh-CN", "en"})) {
        return refused(
            ErrorCode::bad_input, "a pack is of from, to and language, which is zh-CN or en");
    }
    if (std::string station = query_value(head, "station"); !station.empty()) {
        request.stations.push_back(std::move(station));
    }
    return request;
}

Response download(ExportStream stream) {
    Response response;
    response.headers.emplace_back("Content-Type", stream.media_type);
    response.headers.emplace_back(
        "Content-Disposition", "attachment; filename=\"" + stream.file_name + "\"");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.stream = std::move(stream);
    return response;
}

} // namespace cartwatch::web
