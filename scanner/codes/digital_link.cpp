#include "scanner/codes/digital_link.hpp"

#include "scanner/codes/gs1.hpp"
#include "scanner/codes/gs1_element_string.hpp"
#include "scanner/codes/percent_encoding.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes::digital_link {

namespace {

using Words = std::vector<std::string_view>;

Words split(std::string_view text, std::string_view marks) {
    Words words;
    while (true) {
        const std::size_t end = std::min(text.find_first_of(marks), text.size());
        words.push_back(text.substr(0, end));
        if (end == text.size()) {
            return words;
        }
        text.remove_prefix(end + 1);
    }
}

struct Address {
    std::string_view domain;
    Words path;
    Words query;
};

// nullopt where the text is no address. The fragment is dropped, as is a slash at the end.
std::optional<Address> address_of(std::string_view text) {
    constexpr std::array<std::string_view, 4> schemes = {
        "http://", "https://", "HTTP://", "HTTPS://"};
    const auto scheme = std::find_if(schemes.begin(), schemes.end(), [&](std::string_view prefix) {
        return text.starts_with(prefix);
    });
    if (scheme == schemes.end()) {
        return std::nullopt;
    }
    text.remove_prefix(scheme->size());
    text = text.substr(0, text.find('#'));
    const std::size_t question = std::min(text.find('?'), text.size());
    std::string_view path = text.substr(0, question);
    const std::size_t slash = std::min(path.find('/'), path.size());
    Address address;
    address.domain = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    address.path = split(path.substr(0, path.find_last_not_of('/') + 1), "/");
    if (question < text.size()) {
        address.query = split(text.substr(question + 1), "&;");
    }
    return address;
}

// Where the primary key stands in the path, which is searched from its end in pairs.
std::optional<std::size_t> place_of_key(const Words& path) {
    for (std::size_t at = path.size(); at >= 2;) {
        at -= 2;
        const gs1::Identifier* identifier = gs1::find_identifier(path[at]);
        if (identifier == nullptr) {
            return std::nullopt;
        }
        if (!identifier->link_key.empty()) {
            return at;
        }
    }
    return std::nullopt;
}

// Links of the first releases bear a GTIN as short as its symbol does.
bool is_short_gtin(std::string_view digits, std::string_view value) {
    const bool has_length = value.size() == 8 || value.size() == 12 || value.size() == 13;
    return digits == "01" && has_length && is_all_digits(value);
}

std::string as_fourteen(std::string_view digits, const std::string& value) {
    return is_short_gtin(digits, value) ? gtin_of(value) : value;
}

// One link on its way to an element string.
struct Link {
    const Scan* scan = nullptr;
    const gs1::Identifier* key = nullptr;
    Words seen; // identifiers so far
    std::string elements;
    std::optional<Reading> refusal;

    void refuse(std::string_view rule, std::string_view at, const std::string& text) {
        refusal = refused_scan(*scan, Family::gs1_digital_link, {rule, at, text});
    }

    void add(std::string_view digits, std::string_view value, bool plus_is_blank) {
        const auto plain = percent_decoded(value, plus_is_blank);
        if (!plain) {
            refuse(
                "bad_percent_encoding",
                digits,
                "a value is not encoded as it should be: \"" + shortened(value) + "\"");
        } else if (std::find(seen.begin(), seen.end(), digits) != seen.end()) {
            refuse("repeated_ai", digits, "(" + std::string(digits) + ") occurs twice");
        } else {
            seen.push_back(digits);
            elements += std::string(digits) + as_fourteen(digits, *plain) + gs1::separator;
        }
    }
};

// True where the qualifiers stand in this order; each may be missing.
bool follows_order(const Words& qualifiers, const Words& order) {
    auto next = order.begin();
    for (const std::string_view qualifier : qualifiers) {
        next = std::find(next, order.end(), qualifier);
        if (next == order.end()) {
            return false;
        }
        ++next;
    }
    return true;
}

bool is_qualifier_of(const gs1::Identifier& key, std::string_view digits) {
    const Words all = split(key.link_key, ",|");
    return std::find(all.begin(), all.end(), digits) != all.end();
}

void read_path(Link& link, const Words& path, std::size_t at) {
    link.add(path[at], path[at + 1], false);
    Words qualifiers;
    for (std::size_t i = at + 2; i + 1 < path.size() && !link.refusal; i += 2) {
        qualifiers.push_back(path[i]);
        link.add(path[i], path[i + 1], false);
    }
    const Words orders = split(link.key->link_key, "|");
    const bool is_ordered = std::any_of(orders.begin(), orders.end(), [&](std::string_view order) {
        return follows_order(qualifiers, split(order, ","));
    });
    if (!link.refusal && !is_ordered) {
        link.refuse(
            "dl_bad_qualifier_order",
            qualifiers.back(),
            "what follows the key must stand in the order " + std::string(link.key->link_key));
    }
}

void read_query_part(Link& link, std::string_view part) {
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string_view digits = part.substr(0, equals);
    if (!is_all_digits(digits)) {
        return; // somebody else's parameter
    }
    const gs1::Identifier* identifier = gs1::find_identifier(digits);
    if (identifier == nullptr) {
        link.refuse("unknown_ai", digits, "there is no such application identifier");
    } else if (is_qualifier_of(*link.key, digits)) {
        link.refuse("dl_should_be_in_path", digits, "this belongs into the path, behind the key");
    } else if (!identifier->link_attribute) {
        link.refuse("dl_not_an_attribute", digits, "this may not stand in a link's query");
    } else {
        link.add(digits, part.substr(std::min(equals + 1, part.size())), true);
    }
}

// Addresses that mean to be links but name no key: GS1's own resolver, or the withdrawn words.
bool means_to_be_link(const Address& address) {
    const auto word = std::find(address.path.begin(), address.path.end(), "gtin");
    return address.domain == "id.gs1.org"
           || (word != address.path.end() && word + 1 != address.path.end()
               && is_all_digits(*(word + 1)));
}

// "/2026/01/12" is an ordinary path, although it ends like a key: the value has no key's length.
bool is_ordinary_path(const Address& address, std::size_t at) {
    const gs1::Identifier& key = *gs1::find_identifier(address.path[at]);
    const std::size_t length = address.path[at + 1].size();
    const bool is_gtin_length = length == 8 || length == 12 || length == 13;
    return address.domain != "id.gs1.org" && key.length_min >= 13
           && (length < key.length_min && !(key.first == 1 && is_gtin_length));
}

} // namespace

FamilyReading read(const Scan& scan) {
    if (scan.carrier != Carrier::unknown) {
        return std::nullopt;
    }
    const auto address = address_of(scan.data);
    if (!address) {
        return std::nullopt;
    }
    const auto at = place_of_key(address->path);
    if (!at && means_to_be_link(*address)) {
        return refused_scan(
            scan,
            Family::gs1_digital_link,
            {"dl_no_key", "", "the address names no key such as /01/ and a GTIN"});
    }
    if (!at || is_ordinary_path(*address, *at)) {
        return std::nullopt;
    }
    Link link;
    link.scan = &scan;
    link.key = gs1::find_identifier(address->path[*at]);
    read_path(link, address->path, *at);
    for (std::size_t i = 0; i < address->query.size() && !link.refusal; ++i) {
        read_query_part(link, address->query[i]);
    }
    if (link.refusal) {
        return link.refusal;
    }
    Reading reading = gs1::read_elements(scan, Family::gs1_digital_link, link.elements);
    if (reading) {
        reading->fields.push_back({"url", scan.data});
        if (is_short_gtin(address->path[*at], address->path[*at + 1])) {
            reading->warnings.emplace_back("gtin_padded");
        }
    }
    return reading;
}

} // namespace cartwatch::codes::digital_link
