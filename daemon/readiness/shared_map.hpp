// A map from names to values that is copied often and changed little: a copy shares every value
// with what it was copied from, and a value is copied when it is to be changed, alone. What one
// copy changes no other one sees. Values are never changed while shared, so copies may be read
// anywhere.
#pragma once

#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cartwatch::readiness {

template <typename Value>
class SharedMap {
public:
    using Row = std::pair<std::string, Value>;

    // For range-for, in the order of the names.
    class Place {
    public:
        explicit Place(const std::shared_ptr<const Row>* at) : at_(at) {}

        const Row& operator*() const {
            return **at_;
        }

        Place& operator++() {
            ++at_;
            return *this;
        }

        friend bool operator==(Place, Place) = default;

    private:
        const std::shared_ptr<const Row>* at_;
    };

    [[nodiscard]] Place begin() const {
        return Place(rows_.data());
    }

    [[nodiscard]] Place end() const {
        return Place(rows_.data() + rows_.size());
    }

    [[nodiscard]] bool empty() const {
        return rows_.empty();
    }

    // nullptr: none of that name. Valid until the value of that name is changed.
    [[nodiscard]] const Value* find(std::string_view name) const {
        const std::size_t place = place_of(name);
        return is_at(place, name) ? &rows_[place]->second : nullptr;
    }

    [[nodiscard]] bool contains(std::string_view name) const {
        return find(name) != nullptr;
    }

    // There must be one of that name.
    [[nodiscard]] const Value& at(std::string_view name) const {
        const Value* found = find(name);
        ensure(found != nullptr, "a value is asked for by a name on file");
        return *found;
    }

    // The value of that name, this map's own from now on: a fresh one where there was none. To be
    // changed before the map is copied again.
    Value& own(const std::string& name) {
        const std::size_t place = place_of(name);
        const bool known = is_at(place, name);
        auto row =
            known ? std::make_shared<Row>(*rows_[place]) : std::make_shared<Row>(name, Value());
        Value& value = row->second;
        if (known) {
            rows_[place] = std::move(row);
        } else {
            rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(place), std::move(row));
        }
        return value;
    }

    friend bool operator==(const SharedMap& left, const SharedMap& right) {
        return std::ranges::equal(left.rows_, right.rows_, [](const auto& one, const auto& other) {
            return one == other || *one == *other;
        });
    }

private:
    // Where the name stands, or would.
    [[nodiscard]] std::size_t place_of(std::string_view name) const {
        const auto found = std::ranges::lower_bound(
            rows_, name, {}, [](const auto& row) { return std::string_view(row->first); });
        return static_cast<std::size_t>(found - rows_.begin());
    }

    [[nodiscard]] bool is_at(std::size_t place, std::string_view name) const {
        return place < rows_.size() && rows_[place]->first == name;
    }

    std::vector<std::shared_ptr<const Row>> rows_;
};

} // namespace cartwatch::readiness
