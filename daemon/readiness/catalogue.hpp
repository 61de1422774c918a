// Master data: products with their identifiers, staff, stations. Nothing with history is deleted,
// only retired.
#pragma once

#include <string>
#include <vector>

namespace cartwatch::readiness {

// A name in the two languages of the screens; zh is the source, en its translation.
struct Name {
    std::string zh;
    std::string en;

    friend bool operator==(const Name&, const Name&) = default;
};

enum class ProductKind { drug, consumable, device };

enum class IdentifierKind {
    gtin,              // 14 digits
    drug_trace_prefix, // first seven digits of a drug traceability code
    drug_code,         // 药品本位码
    udi_di,            // MA, AHM or HIBC device identifier as read
    hospital,          // the hospital's own code for the product, compared byte for byte
};

struct Identifier {
    IdentifierKind kind = IdentifierKind::gtin;
    std::string value;

    friend bool operator==(const Identifier&, const Identifier&) = default;
};

struct Product {
    std::string id; // e.g. "epinephrine-1mg"; 1 to 64 of a-z 0-9 - _ .
    ProductKind kind = ProductKind::drug;
    Name name;
    std::string pinyin;   // initials 拼音码, upper case
    std::string strength; // as printed, "1 mg/1 mL"
    std::string form;     // 注射液
    std::string unit;     // 支
    bool high_alert = false;
    bool controlled = false;
    bool expires = true;    // false: bears no expiry (a laryngoscope handle)
    std::string lasa_group; // look-alike/sound-alike group; empty: none
    std::string function;   // airway, breathing, circulation, drugs, other; empty: none
    std::vector<Identifier> identifiers;
    bool retired = false;

    friend bool operator==(const Product&, const Product&) = default;
};

enum class Role { nurse, head_nurse, pharmacist, manager, administrator };

struct Staff {
    std::string id; // e.g. "N012"
    std::string name;
    Role role = Role::nurse;
    std::string badge; // our staff tag or the hospital's own badge code
    bool retired = false;

    friend bool operator==(const Staff&, const Staff&) = default;
};

struct Station {
    std::string id; // e.g. "OR"
    Name name;
    std::string phone;

    friend bool operator==(const Station&, const Station&) = default;
};

} // namespace cartwatch::readiness
