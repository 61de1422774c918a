// Pictures from the page: decoded in the child process, then read like scans.
#pragma once

#include "daemon/ledger/ledger.hpp"
#include "daemon/scanners/picture_service.hpp"
#include "daemon/web/service.hpp"

#include <functional>

namespace cartwatch::ward {

// What web::Service asks for. Service and ledger outlive the result.
[[nodiscard]] std::function<void(web::Picture, web::PictureDone)>
picture_reader(scanners::PictureService& pictures, ledger::Ledger& ledger);

} // namespace cartwatch::ward
