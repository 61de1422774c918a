// A JSON text as a flat list of its values, made in one pass: what is read of millions of entries
// costs neither a parser for every dialect nor memory for each value. Texts are views into what was
// read. Only the canonical form (strict_json.hpp) is read this way; any other is brought into it
// first.
#pragma once

#include "daemon/journal/strict_json.hpp"
#include "scanner/values/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cartwatch::journal {

class JsonTree {
public:
    class Value;

    // Whatever parse_strict_json takes, and refused as there. The text outlives the tree.
    [[nodiscard]] static Result<JsonTree> read(std::string_view text, std::size_t bytes_max);

    // nullopt where the text is not in canonical form, or goes deeper than so many levels. The text
    // outlives the tree.
    [[nodiscard]] static std::optional<JsonTree>
    of_canonical(std::string_view text, int depth_max = json_depth_max);

    // The tree outlives what is reached from here.
    [[nodiscard]] Value root() const;

private:
    enum class Kind : std::uint8_t { null, boolean, integer, text, array, object };

    struct Node {
        Kind kind = Kind::null;
        std::size_t after = 0;    // place of the next value that is not within this one
        std::size_t size = 0;     // elements or members
        std::int64_t number = 0;  // as well 0 and 1 of a boolean
        std::string_view name{};  // where it is a member
        std::string_view value{}; // of a text
    };

    struct Builder;

    std::vector<Node> nodes_;
    // What the views see that does not stand so in the text: vectors keep their bytes when moved.
    std::vector<char> canonical_; // the whole, where it came in another form
    std::vector<char> unescaped_;
};

// One value of a tree.
class JsonTree::Value {
public:
    [[nodiscard]] bool is_null() const {
        return node().kind == Kind::null;
    }

    [[nodiscard]] bool is_array() const {
        return node().kind == Kind::array;
    }

    [[nodiscard]] bool is_object() const {
        return node().kind == Kind::object;
    }

    // nullptr where it is something else.
    [[nodiscard]] const std::string_view* text() const {
        return node().kind == Kind::text ? &node().value : nullptr;
    }

    [[nodiscard]] const std::int64_t* integer() const {
        return node().kind == Kind::integer ? &node().number : nullptr;
    }

    [[nodiscard]] std::optional<bool> boolean() const {
        return node().kind == Kind::boolean ? std::optional(node().number != 0) : std::nullopt;
    }

    // Elements of an array, members of an object.
    [[nodiscard]] std::size_t size() const {
        return node().size;
    }

    // The member of that name; nullopt where there is none.
    [[nodiscard]] std::optional<Value> find(std::string_view name) const;

    // Calls on_element(Value) for each element in turn, until it answers false.
    template <typename F>
    void each(F&& on_element) const {
        std::size_t at = at_ + 1;
        for (std::size_t i = 0; i < size(); ++i) {
            if (!on_element(Value(*nodes_, at))) {
                return;
            }
            at = (*nodes_)[at].after;
        }
    }

private:
    friend class JsonTree;

    Value(const std::vector<Node>& nodes, std::size_t at) : nodes_(&nodes), at_(at) {}

    [[nodiscard]] const Node& node() const {
        return (*nodes_)[at_];
    }

    const std::vector<Node>* nodes_;
    std::size_t at_;
};

// True where the text is one JSON object in canonical form, at most so many levels deep.
[[nodiscard]] bool is_canonical_object(std::string_view text, int depth_max);

} // namespace cartwatch::journal
