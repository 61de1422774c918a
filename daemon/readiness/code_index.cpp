#include "daemon/readiness/code_index.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

void add_text(std::vector<std::string>& texts, const std::string& text) {
    if (!text.empty()) {
        texts.push_back(text);
    }
}

} // namespace

void Bearers::put(const std::string& id, std::vector<std::string> texts) {
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    std::vector<std::string>& before = texts_[id];
    if (before == texts) {
        return;
    }
    for (const std::string& text : before) {
        const auto found = ids_.find(text);
        std::erase(found->second, id);
        if (found->second.empty()) {
            ids_.erase(found);
        }
    }
    for (const std::string& text : texts) {
        std::vector<std::string>& ids = ids_[text];
        ids.insert(std::ranges::lower_bound(ids, id), id);
        longest_ = std::max(longest_, text.size());
    }
    before = std::move(texts);
}

const std::vector<std::string>& Bearers::with(const std::string& text) const {
    static const std::vector<std::string> nobody;
    if (text.size() > longest_) {
        return nobody;
    }
    const auto found = ids_.find(text);
    return found == ids_.end() ? nobody : found->second;
}

void CodeIndex::put(const Cart& cart) {
    std::vector<std::string> codes;
    std::vector<std::string> serials;
    add_text(codes, cart.tag);
    for (const Line& line : cart.lines) {
        add_text(codes, line.tag);
        for (const Holding& holding : line.holdings) {
            serials.insert(serials.end(), holding.serials.begin(), holding.serials.end());
        }
    }
    for (const Device& device : cart.devices) {
        add_text(codes, device.tag);
        add_text(codes, device.code);
    }
    carts.put(cart.id, std::move(codes));
    packs.put(cart.id, std::move(serials));
}

void CodeIndex::put(const Staff& person) {
    staff.put(person.id, {person.badge});
}

void CodeIndex::put(const Product& product) {
    std::vector<std::string> keys;
    for (const Identifier& identifier : product.identifiers) {
        keys.push_back(key_of(identifier));
    }
    products.put(product.id, std::move(keys));
    kin.put(product.id, kin_of(product));
}

void CodeIndex::put(const CodeLinked& link) {
    links.try_emplace(key_of(link.identifier), link.product);
}

std::string key_of(const Identifier& identifier) {
    std::string key(1, static_cast<char>('a' + static_cast<int>(identifier.kind)));
    return key
           + (identifier.kind == IdentifierKind::gtin ? as_gtin14(identifier.value)
                                                      : identifier.value);
}

std::vector<std::string> kin_of(const Product& product) {
    std::vector<std::string> texts;
    const auto add = [&](char kind, const std::string& text) {
        if (!text.empty()) {
            texts.push_back(kind + text);
        }
    };
    add('g', product.lasa_group);
    add('z', product.name.zh);
    add('e', product.name.en);
    return texts;
}

std::string as_gtin14(std::string_view digits) {
    constexpr std::size_t gtin_digits = 14;
    if (digits.size() >= gtin_digits || !is_all_digits(digits)) {
        return std::string(digits);
    }
    return std::string(gtin_digits - digits.size(), '0') + std::string(digits);
}

} // namespace cartwatch::readiness
