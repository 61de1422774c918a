// The one way to start a coroutine. A failure always reaches somebody: there is no silent end.
// It does not own what the coroutine refers to: that must outlive the task's end.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <exception>
#include <functional>
#include <string>
#include <string_view>

namespace cartwatch::loop {

// Told the task's name and what it threw. A program's own logs it and stops the loop with a
// failure status: what a task throws is a broken machine or a broken program.
using OnFailure = std::function<void(std::string_view name, const std::exception_ptr& failure)>;

// Told when a task has ended, with or without failure (after OnFailure). Not called for a task that
// is thrown away together with its loop.
using OnEnd = std::function<void()>;

// Starts the coroutine on the executor, never from within this call. `on_failure` is required.
void start_task(
    const boost::asio::any_io_executor& executor,
    std::string name,
    boost::asio::awaitable<void> coroutine,
    OnFailure on_failure,
    OnEnd on_end = nullptr);

// What the exception says: its what(), or that it says nothing. Precondition: not null.
[[nodiscard]] std::string text_of(const std::exception_ptr& failure);

} // namespace cartwatch::loop
