// One connection to one database file, with the settings that the store's promises rest on, and
// statements prepared once. Knows SQL and values, not what they mean. For one thread at a time.
#pragma once

#include "daemon/journal/json_values.hpp"
#include "daemon/journal/names.hpp"
#include "daemon/store/failure.hpp"
#include "scanner/values/day.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace cartwatch::store {

// "CTWC" in the header of every database of ours.
inline constexpr std::int64_t application_id = 0x43545743;

// How long a statement waits for another connection's lock, milliseconds: longer than the longest
// commit or checkpoint measured (20 ms), shorter than a person's patience.
inline constexpr int busy_timeout_ms = 5'000;

// Takes the columns of one row in turn.
class Row {
public:
    explicit Row(SQLite::Statement& statement) : statement_(statement) {}

    template <typename... T>
    void operator()(T&... values) {
        (read(values), ...);
    }

    // Columns that are all null where there is no part, else its members.
    template <typename T, typename... Member>
    void part(std::optional<T>& value, Member T::*... members) {
        if (statement_.getColumn(next_).isNull()) {
            value.reset();
            next_ += static_cast<int>(sizeof...(members));
            return;
        }
        T& there = value.emplace();
        (read(there.*members), ...);
    }

    // One column of JSON text.
    template <typename T>
    void json(T& value) {
        std::string text;
        read(text);
        if constexpr (requires { value.clear(); } && !std::is_same_v<T, std::string>) {
            if (text == "[]") { // as most are
                value.clear();
                return;
            }
        }
        auto parsed = journal::value_of<T>(text);
        if (!parsed) {
            throw StoreFailure(FailureKind::corrupt, "a column of JSON does not hold its shape");
        }
        value = std::move(*parsed);
    }

    template <typename T>
    [[nodiscard]] T take() {
        T value{};
        read(value);
        return value;
    }

private:
    template <typename T>
    void read(T& value) {
        const SQLite::Column column = statement_.getColumn(next_++);
        if constexpr (std::is_same_v<T, std::string>) {
            value = column.getString();
        } else if constexpr (std::is_same_v<T, Day>) {
            const auto day = parse_day(column.getString());
            require(day.has_value());
            value = *day;
        } else if constexpr (std::is_same_v<T, Instant>) {
            value = Instant{std::chrono::milliseconds(column.getInt64())};
        } else if constexpr (std::is_same_v<T, readiness::Amount>) {
            value = readiness::Amount{column.getInt()};
        } else if constexpr (std::is_same_v<T, bool>) {
            value = column.getInt64() != 0;
        } else if constexpr (journal::MaybeOf<T>::value) {
            if (column.isNull()) {
                value.reset();
            } else {
                --next_;
                read(value.emplace());
            }
        } else if constexpr (std::is_enum_v<T>) {
            const auto known = journal::parse_name<T>(column.getString());
            require(known.has_value());
            value = *known;
        } else {
            static_assert(std::is_integral_v<T>);
            value = static_cast<T>(column.getInt64());
        }
    }

    static void require(bool holds) {
        if (!holds) {
            throw StoreFailure(FailureKind::corrupt, "a column does not hold a value of its kind");
        }
    }

    SQLite::Statement& statement_;
    int next_ = 0;
};

// Gives values to the parameters of a statement in turn.
class Binder {
public:
    explicit Binder(SQLite::Statement& statement) : statement_(statement) {}

    template <typename... T>
    void operator()(const T&... values) {
        (bind(values), ...);
    }

    template <typename T, typename... Member>
    void part(const std::optional<T>& value, Member T::*... members) {
        if (value) {
            (bind((*value).*members), ...);
        } else {
            (bind_null(members), ...);
        }
    }

    template <typename T>
    void json(const T& value) {
        bind(journal::text_of(value));
    }

private:
    template <typename Member>
    void bind_null(Member /*which*/) {
        statement_.bind(next_++);
    }

    template <typename T>
    void bind(const T& value) {
        if constexpr (std::is_same_v<T, std::string>) {
            statement_.bind(next_++, value);
        } else if constexpr (std::is_convertible_v<T, std::string_view>) {
            statement_.bind(next_++, std::string(std::string_view(value)));
        } else if constexpr (std::is_same_v<T, Day>) {
            statement_.bind(next_++, to_text(value));
        } else if constexpr (std::is_same_v<T, Instant>) {
            statement_.bind(next_++, std::int64_t{value.time_since_epoch().count()});
        } else if constexpr (std::is_same_v<T, readiness::Amount>) {
            statement_.bind(next_++, value.thousandths);
        } else if constexpr (journal::MaybeOf<T>::value) {
            if (value) {
                bind(*value);
            } else {
                statement_.bind(next_++);
            }
        } else if constexpr (std::is_enum_v<T>) {
            statement_.bind(next_++, std::string(journal::name_of(value)));
        } else {
            static_assert(std::is_integral_v<T>);
            statement_.bind(next_++, static_cast<std::int64_t>(value));
        }
    }

    SQLite::Statement& statement_;
    int next_ = 1;
};

class Connection {
public:
    enum class Access { write, read };

    // Opens (and with write access makes) the file and sets it up; throws StoreFailure. An empty
    // path is a private temporary database.
    Connection(const std::filesystem::path& path, Access access);

    // Runs a statement that answers no rows; answers how many rows it changed.
    template <typename... T>
    int run(std::string_view sql, const T&... values) {
        return run_bound(sql, [&](Binder& binder) { binder(values...); });
    }

    // The same, with whoever gives the values: bind(Binder&).
    template <typename F>
    int run_bound(std::string_view sql, F&& bind) {
        SQLite::Statement& statement = prepared(sql);
        const Reset reset{statement};
        Binder binder(statement);
        bind(binder);
        return statement.exec();
    }

    // Calls on_row(Row&) for each row; not to be nested in itself with the same text of SQL.
    template <typename F, typename... T>
    void each(std::string_view sql, F&& on_row, const T&... values) {
        each_bound(
            sql, [&](Binder& binder) { binder(values...); }, std::forward<F>(on_row));
    }

    // The same, with whoever gives the values: bind(Binder&).
    template <typename B, typename F>
    void each_bound(std::string_view sql, B&& bind, F&& on_row) {
        SQLite::Statement& statement = prepared(sql);
        const Reset reset{statement};
        Binder binder(statement);
        bind(binder);
        while (statement.executeStep()) {
            Row row(statement);
            on_row(row);
        }
    }

    // As each, until on_row answers false.
    template <typename F, typename... T>
    void each_while(std::string_view sql, F&& on_row, const T&... values) {
        SQLite::Statement& statement = prepared(sql);
        const Reset reset{statement};
        Binder binder(statement);
        binder(values...);
        bool more = true;
        while (more && statement.executeStep()) {
            Row row(statement);
            more = on_row(row);
        }
    }

    // The first column of the first row, or nothing.
    template <typename T, typename... V>
    std::optional<T> one(std::string_view sql, const V&... values) {
        std::optional<T> found;
        each(
            sql,
            [&found](Row& row) {
                if (!found) {
                    found = row.take<T>();
                }
            },
            values...);
        return found;
    }

    SQLite::Statement& prepared(std::string_view sql);

    [[nodiscard]] SQLite::Database& database() {
        return database_;
    }

    // Whether the last connection to be closed moves the log into the database, and deletes it.
    // Only after work that went well: once a sync failed, the log may be lost in part, and pages
    // that it cannot mend any more must not be changed.
    void fold_log_at_close(bool fold);

    // Of the write-ahead log, as the last commit of this connection left it.
    [[nodiscard]] int log_pages() const {
        return *log_pages_;
    }

private:
    struct Reset {
        SQLite::Statement& statement;
        explicit Reset(SQLite::Statement& one);
        Reset(const Reset&) = delete;
        Reset& operator=(const Reset&) = delete;
        Reset(Reset&&) = delete;
        Reset& operator=(Reset&&) = delete;
        ~Reset();
    };

    // Texts of statements are looked up as they come, without a copy.
    struct TextHash {
        using is_transparent = void;

        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    SQLite::Database database_;
    std::unique_ptr<int> log_pages_ = std::make_unique<int>(0); // SQLite keeps its address
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>, TextHash, std::equal_to<>>
        statements_;
};

// A transaction that writes; what was not committed at its end is taken back.
class Writing {
public:
    explicit Writing(Connection& connection);
    ~Writing();
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    Writing(Writing&&) = delete;
    Writing& operator=(Writing&&) = delete;

    void commit();

private:
    Connection& connection_;
    bool committed_ = false;
};

// What the database's own error means, as a StoreFailure about this file.
[[nodiscard]] StoreFailure
failure_of(const SQLite::Exception& error, const std::filesystem::path& path);

// Runs the action; what SQLite throws leaves as a StoreFailure.
template <typename F>
decltype(auto) guarded(const std::filesystem::path& path, F&& action) {
    try {
        return std::forward<F>(action)();
    } catch (const SQLite::Exception& error) {
        throw failure_of(error, path);
    }
}

} // namespace cartwatch::store
