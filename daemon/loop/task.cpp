#include "daemon/loop/task.hpp"

#include "scanner/values/ensure.hpp"

#include <boost/asio/co_spawn.hpp>

#include <utility>

namespace cartwatch::loop {

void start_task(
    const boost::asio::any_io_executor& executor,
    std::string name,
    boost::asio::awaitable<void> coroutine,
    OnFailure on_failure,
    OnEnd on_end) {
    ensure(on_failure != nullptr, "a task is started with somebody to tell of its failure");
    auto ended = [name = std::move(name),
                  on_failure = std::move(on_failure),
                  on_end = std::move(on_end)](const std::exception_ptr& failure) {
        if (failure) {
            on_failure(name, failure);
        }
        if (on_end) {
            on_end();
        }
    };
    boost::asio::co_spawn(executor, std::move(coroutine), std::move(ended));
}

std::string text_of(const std::exception_ptr& failure) {
    ensure(failure != nullptr, "there is a failure to tell");
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "an exception without a text";
    }
}

} // namespace cartwatch::loop
