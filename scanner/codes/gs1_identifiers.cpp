#include "scanner/codes/gs1_identifiers.hpp"

#include "scanner/codes/gs1_identifier_rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace cartwatch::codes::gs1 {

namespace {

struct CheckName {
    std::string_view name;
    Check check;
};

constexpr std::array check_names = std::to_array<CheckName>({
    {"csum", Check::csum},
    {"csumalpha", Check::csumalpha},
    {"gcppos1", Check::gcppos1},
    {"gcppos2", Check::gcppos2},
    {"yymmd0", Check::yymmd0},
    {"yymmdd", Check::yymmdd},
    {"yyyymmdd", Check::yyyymmdd},
    {"hhmi", Check::hhmi},
    {"hh", Check::hh},
    {"mi", Check::mi},
    {"ss", Check::ss},
    {"iso3166", Check::iso3166},
    {"iso3166999", Check::iso3166999},
    {"iso3166alpha2", Check::iso3166alpha2},
    {"iso4217", Check::iso4217},
    {"iso5218", Check::iso5218},
    {"pcenc", Check::pcenc},
    {"yesno", Check::yesno},
    {"nonzero", Check::nonzero},
    {"zero", Check::zero},
    {"nozeroprefix", Check::nozeroprefix},
    {"hasnondigit", Check::hasnondigit},
    {"hyphen", Check::hyphen},
    {"iban", Check::iban},
    {"latitude", Check::latitude},
    {"longitude", Check::longitude},
    {"mediatype", Check::mediatype},
    {"importeridx", Check::importeridx},
    {"packagetype", Check::packagetype},
    {"pieceoftotal", Check::pieceoftotal},
    {"posinseqslash", Check::posinseqslash},
    {"winding", Check::winding},
    {"couponcode", Check::couponcode},
    {"couponposoffer", Check::couponposoffer},
});

// Everything below runs while compiling: a row with a fault does not compile (a throw in a constant
// expression), so no fault can reach a scan.
constexpr std::uint16_t number_of(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') {
            throw std::logic_error("a row holds a character that is no digit");
        }
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return static_cast<std::uint16_t>(value);
}

// Takes the text up to the mark off the front; all of it where the mark is missing.
constexpr std::string_view taken(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view front = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return front;
}

constexpr Check check_named(std::string_view name) {
    for (const CheckName& entry : check_names) {
        if (entry.name == name) {
            return entry.check;
        }
    }
    throw std::logic_error("a row names a check that does not exist");
}

constexpr CharacterSet set_of(char letter) {
    switch (letter) {
    case 'n':
        return CharacterSet::digits;
    case 'x':
        return CharacterSet::cset82;
    case 'y':
        return CharacterSet::cset39;
    case 'z':
        return CharacterSet::cset64;
    default:
        throw std::logic_error("a row names a character set that does not exist");
    }
}

constexpr Component component_of(std::string_view text) {
    Component component;
    component.optional = text.ends_with('?');
    text.remove_suffix(component.optional ? 1 : 0);
    std::string_view length = taken(text, ':');
    component.set = set_of(length.front());
    length.remove_prefix(1);
    component.length_min = static_cast<std::uint8_t>(number_of(taken(length, '-')));
    component.length_max =
        length.empty() ? component.length_min : static_cast<std::uint8_t>(number_of(length));
    for (std::size_t i = 0; !text.empty(); ++i) {
        component.checks.at(i) = check_named(taken(text, ':'));
    }
    return component;
}

// "310n" is every identifier from 3100 to 3109.
constexpr NumberRange range_of(std::string_view pattern) {
    unsigned width = 1;
    while (pattern.ends_with('n')) {
        pattern.remove_suffix(1);
        width *= 10;
    }
    const unsigned low = number_of(pattern) * width;
    return {
        static_cast<std::uint16_t>(low), static_cast<std::uint16_t>(low + width - 1), false, false};
}

// All relations of all rows, one after another; Identifier::needs and conflicts point into it.
constexpr std::size_t pool_size = 640;

struct Pool {
    std::array<NumberRange, pool_size> ranges{};
    std::array<std::uint16_t, rows.size() + 1> needs_begin{};
    std::array<std::uint16_t, rows.size() + 1> conflicts_begin{};
    std::size_t used = 0;

    constexpr void add_needs(std::string_view needs) {
        while (!needs.empty()) {
            std::string_view group = taken(needs, ';');
            while (!group.empty()) {
                std::string_view alternative = taken(group, '|');
                while (!alternative.empty()) {
                    ranges.at(used) = range_of(taken(alternative, '+'));
                    ranges.at(used).ends_alternative = alternative.empty();
                    ranges.at(used).ends_group = alternative.empty() && group.empty();
                    ++used;
                }
            }
        }
    }

    constexpr void add_conflicts(std::string_view conflicts) {
        while (!conflicts.empty()) {
            ranges.at(used++) = range_of(taken(conflicts, ','));
        }
    }
};

constexpr Pool make_pool() {
    Pool pool;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        pool.needs_begin.at(i) = static_cast<std::uint16_t>(pool.used);
        pool.add_needs(rows.at(i).needs);
    }
    pool.needs_begin.at(rows.size()) = static_cast<std::uint16_t>(pool.used);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        pool.conflicts_begin.at(i) = static_cast<std::uint16_t>(pool.used);
        pool.add_conflicts(rows.at(i).conflicts);
    }
    pool.conflicts_begin.at(rows.size()) = static_cast<std::uint16_t>(pool.used);
    return pool;
}

constexpr Pool pool = make_pool();

constexpr std::span<const NumberRange> part_of_pool(std::size_t begin, std::size_t end) {
    return {pool.ranges.data() + begin, end - begin};
}

constexpr Identifier identifier_of(std::size_t index) {
    const Row& row = rows.at(index);
    Identifier identifier;
    identifier.first = number_of(row.first);
    identifier.last = number_of(row.last);
    identifier.digits = static_cast<std::uint8_t>(row.first.size());
    identifier.predefined_length = row.flags.find('*') != std::string_view::npos;
    identifier.link_attribute = row.flags.find('?') != std::string_view::npos;
    for (std::string_view format = row.format; !format.empty(); ++identifier.component_count) {
        const Component component = component_of(taken(format, ' '));
        identifier.component_slots.at(identifier.component_count) = component;
        identifier.length_min = static_cast<std::uint16_t>(
            identifier.length_min + (component.optional ? 0 : component.length_min));
        identifier.length_max =
            static_cast<std::uint16_t>(identifier.length_max + component.length_max);
    }
    identifier.needs = part_of_pool(pool.needs_begin.at(index), pool.needs_begin.at(index + 1));
    identifier.conflicts =
        part_of_pool(pool.conflicts_begin.at(index), pool.conflicts_begin.at(index + 1));
    identifier.link_key = row.link_key;
    identifier.field = row.field;
    return identifier;
}

constexpr std::array<Identifier, rows.size()> make_identifiers() {
    std::array<Identifier, rows.size()> identifiers{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        identifiers.at(i) = identifier_of(i);
    }
    return identifiers;
}

constexpr std::array<Identifier, rows.size()> identifiers = make_identifiers();

// Two indexes: how many digits an identifier has, by its first two (GS1 General Specifications,
// figure 7.8.2-1: the same two digits always begin identifiers of one length); and its row, by its
// digits as a number.
struct Index {
    std::array<std::uint8_t, 100> digits_by_prefix{}; // 0: no identifier begins so
    std::array<std::uint8_t, 10'000> row_by_number{}; // 0: none; else the row's index + 1
};

constexpr Index make_index() {
    static_assert(rows.size() < 255);
    Index index;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows.at(i);
        std::uint8_t& digits = index.digits_by_prefix.at(number_of(row.first.substr(0, 2)));
        if (digits != 0 && digits != row.first.size()) {
            throw std::logic_error("identifiers of two lengths begin with the same two digits");
        }
        for (unsigned n = number_of(row.first); n <= number_of(row.last); ++n) {
            index.row_by_number.at(n) = static_cast<std::uint8_t>(i + 1);
        }
        digits = static_cast<std::uint8_t>(row.first.size());
        if (row.first.size() == 2) { // a row such as 91-99 begins several prefixes
            for (unsigned n = number_of(row.first); n <= number_of(row.last); ++n) {
                index.digits_by_prefix.at(n) = 2;
            }
        }
    }
    return index;
}

constexpr Index lookup = make_index();

constexpr bool is_decimal(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

std::string_view to_text(Check check) {
    for (const CheckName& entry : check_names) {
        if (entry.check == check) {
            return entry.name;
        }
    }
    return {};
}

const Identifier* identifier_at(std::string_view text) {
    if (text.size() < 2 || !is_decimal(text[0]) || !is_decimal(text[1])) {
        return nullptr;
    }
    unsigned number = static_cast<unsigned>((text[0] - '0') * 10 + (text[1] - '0'));
    const std::size_t digits = lookup.digits_by_prefix[number];
    if (digits == 0 || text.size() < digits) {
        return nullptr;
    }
    for (std::size_t i = 2; i < digits; ++i) {
        if (!is_decimal(text[i])) {
            return nullptr;
        }
        number = number * 10 + static_cast<unsigned>(text[i] - '0');
    }
    const std::uint8_t row = lookup.row_by_number[number];
    return row == 0 ? nullptr : &identifiers[row - 1U];
}

const Identifier* find_identifier(std::string_view digits) {
    const Identifier* identifier = identifier_at(digits);
    return identifier != nullptr && identifier->digits == digits.size() ? identifier : nullptr;
}

std::span<const Identifier> all_identifiers() {
    return identifiers;
}

} // namespace cartwatch::codes::gs1
