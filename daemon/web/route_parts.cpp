#include "daemon/web/route_parts.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/web/setup_parts.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::web {

Response not_found(std::string detail) {
    return problem({404, "Not found", std::move(detail), ""});
}

Response bad_body(const BodyFault& fault) {
    const std::string place = fault.pointer.empty() ? "" : fault.pointer + ": ";
    return problem({400, "Bad request body", place + fault.text, fault.pointer});
}

Response refused_response(const Error& error) {
    switch (error.code) {
    case ErrorCode::bad_input:
        return problem({400, "Bad request", error.text, ""});
    case ErrorCode::not_found:
        return problem({404, "Not found", error.text, ""});
    case ErrorCode::not_allowed:
        return problem({403, "Forbidden", error.text, ""});
    case ErrorCode::conflict:
        return problem({409, "Conflict", error.text, ""});
    case ErrorCode::too_large:
        return problem({413, "Too large", error.text, ""});
    case ErrorCode::unavailable:
        break;
    }
    return problem({503, "Not recorded", error.text, ""});
}

std::string fingerprint_of(const Request& request) {
    std::string all = request.head.path + "\n";
    for (const auto& [name, value] : request.head.query) {
        all += name + "=" + value + "\n"; // decoded values hold no line feed
    }
    return crypto::sha256(all + "\n" + request.body);
}

Submission
submission_of(const Request& request, std::string_view station, readiness::Command command) {
    Submission submission{std::string(station), std::move(command), "", ""};
    if (!request.head.idempotency_key.empty()) {
        submission.request = request.head.idempotency_key;
        submission.fingerprint = fingerprint_of(request);
    }
    return submission;
}

// The media type without its parameters, in lower case.
std::string media_type_of_request(const RequestHead& head) {
    std::string type = head.content_type.substr(0, head.content_type.find(';'));
    while (!type.empty() && type.back() == ' ') {
        type.pop_back();
    }
    std::transform(type.begin(), type.end(), type.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return type;
}

// What the bytes begin with: PNG (ISO/IEC 15948, 5.2) or JPEG (ITU-T T.81, B.1.1.3).
bool looks_like(std::string_view media_type, std::string_view bytes) {
    constexpr std::string_view png = "\x89PNG\r\n\x1a\n";
    constexpr std::string_view jpeg = "\xff\xd8\xff";
    return bytes.starts_with(media_type == "image/png" ? png : jpeg);
}

std::optional<Response> refusal_of_type(const RequestHead& head) {
    const std::string type = media_type_of_request(head);
    const bool picture = type == "image/png" || type == "image/jpeg";
    const bool sheet = head.path.starts_with(import_prefix);
    const std::string bytes = "application/octet-stream";
    if (head.path == images_path ? picture : type == (sheet ? bytes : "application/json")) {
        return std::nullopt;
    }
    const std::string expected = head.path == images_path ? "image/png or image/jpeg"
                                 : sheet                  ? bytes
                                                          : "application/json";
    return problem(
        {415,
         "Unsupported media type",
         "Content-Type is \"" + shortened(type) + "\" and must be " + expected,
         ""});
}

} // namespace cartwatch::web
