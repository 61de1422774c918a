#include "daemon/log/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace cartwatch::log {

namespace {

spdlog::logger& logger() {
    static const auto shared = [] {
        auto made = spdlog::stderr_logger_st("cartwatch");
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        made->flush_on(spdlog::level::debug);
        return made;
    }();
    return *shared;
}

} // namespace

void set_level(std::string_view level) {
    logger().set_level(
        level == "debug"   ? spdlog::level::debug
        : level == "warn"  ? spdlog::level::warn
        : level == "error" ? spdlog::level::err
                           : spdlog::level::info);
}

void debug(std::string_view text) {
    logger().debug("{}", text);
}

void info(std::string_view text) {
    logger().info("{}", text);
}

void warn(std::string_view text) {
    logger().warn("{}", text);
}

void error(std::string_view text) {
    logger().error("{}", text);
}

} // namespace cartwatch::log
