#include "daemon/journal/json_tree.hpp"

#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <array>
#include <string>
#include <utility>

namespace cartwatch::journal {

namespace {

enum class ByteClass : std::uint8_t { plain, quote, backslash, control, beyond_ascii };

constexpr std::array<ByteClass, 256> byte_classes = [] {
    std::array<ByteClass, 256> classes{};
    for (std::size_t byte = 0; byte < classes.size(); ++byte) {
        classes.at(byte) = byte < 0x20    ? ByteClass::control
                           : byte == '"'  ? ByteClass::quote
                           : byte == '\\' ? ByteClass::backslash
                           : byte < 0x80  ? ByteClass::plain
                                          : ByteClass::beyond_ascii;
    }
    return classes;
}();

ByteClass class_of(char byte) {
    return byte_classes[static_cast<unsigned char>(byte)];
}

// What stands behind a backslash: the character, and how long its name is. Only the shortest name
// of a character that needs one is canonical; else the length is 0.
struct Escape {
    char character = 0;
    std::size_t length = 0;
};

int digit_of(char c) {
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Escape escape_at(std::string_view text) {
    constexpr std::string_view names = "\"\\bfnrt";
    constexpr std::string_view characters = "\"\\\b\f\n\r\t";
    if (text.empty()) {
        return {};
    }
    if (const std::size_t found = names.find(text[0]); found != std::string_view::npos) {
        return {characters[found], 1};
    }
    constexpr std::size_t length = 5; // "u001d"
    if (text.size() < length || !text.starts_with("u00") || (text[3] != '0' && text[3] != '1')
        || digit_of(text[4]) < 0) {
        return {};
    }
    const auto character = static_cast<char>((text[3] - '0') * 16 + digit_of(text[4]));
    const bool has_shorter = characters.find(character) != std::string_view::npos;
    return has_shorter ? Escape{} : Escape{character, length};
}

// A string between its quotes.
struct Quoted {
    std::string_view text;
    bool escaped = false;
};

template <typename Append>
void unescape(std::string_view text, Append&& append) {
    while (!text.empty()) {
        const std::size_t next = text.find('\\');
        append(text.substr(0, next));
        if (next == std::string_view::npos) {
            return;
        }
        const Escape escape = escape_at(text.substr(next + 1));
        append(std::string_view(&escape.character, 1));
        text.remove_prefix(next + 1 + escape.length);
    }
}

std::string unescaped(const Quoted& quoted) {
    std::string text;
    unescape(quoted.text, [&text](std::string_view part) { text += part; });
    return text;
}

bool is_less(const Quoted& a, const Quoted& b) {
    return !a.escaped && !b.escaped ? a.text < b.text : unescaped(a) < unescaped(b);
}

// Goes through a text and stops at the first byte that is not canonical. The sink is told what
// there is: open(is_object, name), close(size), text, integer, boolean and null.
template <typename Sink>
class Scanner {
public:
    Scanner(std::string_view text, int depth_max, Sink& sink)
        : left_(text), depth_left_(depth_max), sink_(sink) {}

    // One value and nothing else.
    bool scan() {
        return value({}) && left_.empty();
    }

private:
    bool take(char c) {
        if (left_.empty() || left_[0] != c) {
            return false;
        }
        left_.remove_prefix(1);
        return true;
    }

    bool take(std::string_view word) {
        if (!left_.starts_with(word)) {
            return false;
        }
        left_.remove_prefix(word.size());
        return true;
    }

    bool value(const Quoted& name) {
        if (left_.empty()) {
            return false;
        }
        switch (left_[0]) {
        case '"': {
            Quoted text;
            return string(text) && (sink_.text(name, text), true);
        }
        case '{':
            return nested(name, true);
        case '[':
            return nested(name, false);
        case 't':
            return take("true") && (sink_.boolean(name, true), true);
        case 'f':
            return take("false") && (sink_.boolean(name, false), true);
        case 'n':
            return take("null") && (sink_.null(name), true);
        default:
            return integer(name);
        }
    }

    bool string(Quoted& quoted) {
        if (!take('"')) {
            return false;
        }
        bool beyond_ascii = false;
        std::size_t at = 0;
        while (at < left_.size()) {
            const ByteClass byte = class_of(left_[at]);
            if (byte == ByteClass::quote) {
                quoted.text = left_.substr(0, at);
                left_.remove_prefix(at + 1);
                return !beyond_ascii || is_utf8(quoted.text);
            }
            if (byte == ByteClass::backslash) {
                const std::size_t length = escape_at(left_.substr(at + 1)).length;
                if (length == 0) {
                    return false;
                }
                quoted.escaped = true;
                at += length;
            } else if (byte == ByteClass::control) {
                return false;
            }
            beyond_ascii |= byte == ByteClass::beyond_ascii;
            ++at;
        }
        return false;
    }

    bool integer(const Quoted& name) {
        constexpr std::size_t digits_max = 16; // of 2^53
        const bool negative = take('-');
        std::size_t size = 0;
        std::int64_t number = 0;
        for (; size < left_.size() && size <= digits_max && is_digit(left_[size]); ++size) {
            number = number * 10 + (left_[size] - '0');
        }
        const bool leads_with_zero = size > 0 && left_[0] == '0' && (size > 1 || negative);
        if (size == 0 || leads_with_zero || number > json_integer_max) {
            return false;
        }
        left_.remove_prefix(size);
        sink_.integer(name, negative ? -number : number);
        return true;
    }

    bool nested(const Quoted& name, bool is_object) {
        if (depth_left_ == 0) {
            return false;
        }
        --depth_left_;
        left_.remove_prefix(1);
        const auto opened = sink_.open(name, is_object);
        std::size_t size = 0;
        if (!(is_object ? members(size) : elements(size))) {
            return false;
        }
        sink_.close(opened, size);
        ++depth_left_;
        return true;
    }

    bool elements(std::size_t& size) {
        if (take(']')) {
            return true;
        }
        do {
            if (!value({})) {
                return false;
            }
            ++size;
        } while (take(','));
        return take(']');
    }

    bool members(std::size_t& size) {
        if (take('}')) {
            return true;
        }
        Quoted before;
        do {
            Quoted name;
            if (!string(name) || !take(':') || (size > 0 && !is_less(before, name))
                || !value(name)) {
                return false;
            }
            before = name;
            ++size;
        } while (take(','));
        return take('}');
    }

    std::string_view left_;
    int depth_left_;
    Sink& sink_;
};

// Only looks.
struct Nothing {
    void text(const Quoted& /*name*/, const Quoted& /*text*/) {}

    void integer(const Quoted& /*name*/, std::int64_t /*number*/) {}

    void boolean(const Quoted& /*name*/, bool /*value*/) {}

    void null(const Quoted& /*name*/) {}

    int open(const Quoted& /*name*/, bool /*is_object*/) {
        return 0;
    }

    void close(int /*opened*/, std::size_t /*size*/) {}
};

} // namespace

// Writes what it is told of into the tree.
struct JsonTree::Builder {
    JsonTree& tree;
    std::size_t text_size; // no more can be unescaped of it

    Node& add(Kind kind, const Quoted& name) {
        Node& node = tree.nodes_.emplace_back();
        node.kind = kind;
        node.after = tree.nodes_.size();
        node.name = kept(name);
        return node;
    }

    std::string_view kept(const Quoted& quoted) {
        if (!quoted.escaped) {
            return quoted.text;
        }
        std::vector<char>& bytes = tree.unescaped_;
        bytes.reserve(text_size); // once, so that no view loses its bytes
        const std::size_t begin = bytes.size();
        unescape(quoted.text, [&bytes](std::string_view part) {
            bytes.insert(bytes.end(), part.begin(), part.end());
        });
        return {bytes.data() + begin, bytes.size() - begin};
    }

    void text(const Quoted& name, const Quoted& text) {
        add(Kind::text, name).value = kept(text);
    }

    void integer(const Quoted& name, std::int64_t number) {
        add(Kind::integer, name).number = number;
    }

    void boolean(const Quoted& name, bool value) {
        add(Kind::boolean, name).number = value ? 1 : 0;
    }

    void null(const Quoted& name) {
        add(Kind::null, name);
    }

    std::size_t open(const Quoted& name, bool is_object) {
        add(is_object ? Kind::object : Kind::array, name);
        return tree.nodes_.size() - 1;
    }

    void close(std::size_t opened, std::size_t size) {
        tree.nodes_[opened].after = tree.nodes_.size();
        tree.nodes_[opened].size = size;
    }
};

std::optional<JsonTree> JsonTree::of_canonical(std::string_view text, int depth_max) {
    JsonTree tree;
    tree.nodes_.reserve(text.size() / 16 + 1); // a member with its name has some 20 bytes
    Builder builder{tree, text.size()};
    if (!Scanner<Builder>(text, depth_max, builder).scan()) {
        return std::nullopt;
    }
    return tree;
}

Result<JsonTree> JsonTree::read(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) {
        if (std::optional<JsonTree> tree = of_canonical(text)) {
            return std::move(*tree);
        }
    }
    const auto json = parse_strict_json(text, bytes_max);
    if (!json) {
        return Unexpected(json.error());
    }
    const std::string canonical = canonical_json(*json);
    std::vector<char> bytes(canonical.begin(), canonical.end());
    std::optional<JsonTree> tree = of_canonical(std::string_view(bytes.data(), bytes.size()));
    ensure(tree.has_value(), "what is brought into canonical form is canonical");
    tree->canonical_ = std::move(bytes);
    return std::move(*tree);
}

JsonTree::Value JsonTree::root() const {
    return {nodes_, 0};
}

std::optional<JsonTree::Value> JsonTree::Value::find(std::string_view name) const {
    std::size_t at = at_ + 1;
    for (std::size_t i = 0; i < size(); ++i) {
        const Node& member = (*nodes_)[at];
        if (member.name == name) {
            return Value(*nodes_, at);
        }
        at = member.after;
    }
    return std::nullopt;
}

bool is_canonical_object(std::string_view text, int depth_max) {
    Nothing nothing;
    return text.starts_with('{') && Scanner<Nothing>(text, depth_max, nothing).scan();
}

} // namespace cartwatch::journal
