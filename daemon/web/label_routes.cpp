// Labels to print: what there is, and the files.
#include "daemon/web/route_parts.hpp"
#include "daemon/web/routes.hpp"
#include "scanner/values/text.hpp"

#include <utility>

namespace cartwatch::web {

namespace {

constexpr std::string_view offer_path = "/api/v1/labels";
constexpr std::string_view things_path = "/api/v1/labels/things";
constexpr std::string_view sheet_path = "/api/v1/labels/sheet";

TextDone sending(Respond respond) {
    return [respond = std::move(respond)](const Result<std::string>& text) {
        respond(text ? json_response(200, *text) : refused_response(text.error()));
    };
}

Response file_response(LabelFile file) {
    Response response;
    response.headers.emplace_back("Content-Type", file.media_type);
    if (!file.file_name.empty()) {
        response.headers.emplace_back(
            "Content-Disposition", "attachment; filename=\"" + file.file_name + "\"");
    }
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = std::move(file.bytes);
    return response;
}

} // namespace

void Routes::get_labels(const Request& request, Respond respond) {
    const RequestHead& head = request.head;
    const PrintedLabels& labels = service_.labels;
    const std::string what = query_value(head, "what");
    if (!labels.offer) {
        respond(not_found("this node prints no labels"));
    } else if (head.path == offer_path) {
        labels.offer(sending(std::move(respond)));
    } else if (head.path == things_path) {
        labels.things(what, query_value(head, "cart"), sending(std::move(respond)));
    } else if (head.path != sheet_path) {
        respond(not_found("there is nothing at \"" + shortened(head.path) + "\""));
    } else if (head.method == Method::head) {
        respond(problem({405, "Method not allowed", "labels are asked for with GET", ""}));
    } else {
        LabelOptions options = head.query;
        options.erase("what");
        labels.sheet(what, options, [respond](Result<LabelFile> file) {
            respond(file ? file_response(std::move(*file)) : refused_response(file.error()));
        });
    }
}

} // namespace cartwatch::web
