// What several routes say: refusals, and what a body has to be.
#pragma once

#include "daemon/web/command_json.hpp"
#include "daemon/web/message.hpp"
#include "scanner/values/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::web {

inline constexpr std::string_view images_path = "/api/v1/images";

[[nodiscard]] Response not_found(std::string detail);
[[nodiscard]] Response bad_body(const BodyFault& fault);

// The problem that a refusal of the program behind is told as.
[[nodiscard]] Response refused_response(const Error& error);

// What an Idempotency-Key stands for: the same request byte for byte.
[[nodiscard]] std::string fingerprint_of(const Request& request);

// The command of a request, to be known again where the request names itself.
[[nodiscard]] Submission
submission_of(const Request& request, std::string_view station, readiness::Command command);

// The media type without its parameters, in lower case.
[[nodiscard]] std::string media_type_of_request(const RequestHead& head);

// Whether the bytes begin as this type of picture does.
[[nodiscard]] bool looks_like(std::string_view media_type, std::string_view bytes);

// Refuses a body that is not JSON, of a picture one that is none, of a sheet one that is not sent
// as bytes.
[[nodiscard]] std::optional<Response> refusal_of_type(const RequestHead& head);

} // namespace cartwatch::web
