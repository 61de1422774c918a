#include "tests/daemon/store/store_kit.hpp"

#include "daemon/crypto/sha256.hpp"

#include <SQLiteCpp/Database.h>

#include <fstream>

namespace cartwatch::store_kit {

using namespace readiness;

Ward::Ward(const std::filesystem::path& path, std::int64_t log_bytes)
    : store_(store::Store::open(path, ward_identity, log_bytes)),
      state_(store_.load()),
      heads_(store_.heads()) {}

void Ward::record(
    const std::vector<Event>& events,
    const std::string& node,
    const std::vector<store::AnsweredRequest>& answered) {
    const Instant start = *parse_instant("2026-11-22T02:00:00.000Z");
    std::vector<store::Item> items;
    State after = state_;
    journal::Head head = heads_[node];
    for (const Event& event : events) {
        Recorded recorded{
            node, head.seq + 1, start + std::chrono::seconds(++ticks_), "N012", event};
        journal::Entry entry = journal::make_entry(head, recorded, crypto::sha256);
        head = {entry.seq, entry.hash};
        apply(after, recorded);
        items.push_back({std::move(entry), std::move(recorded)});
    }
    store_.commit(items, after, answered);
    state_ = std::move(after);
    heads_[node] = head;
}

void tamper(const std::filesystem::path& path, const std::string& sql) {
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000);
    database.exec("PRAGMA foreign_keys = OFF");
    database.exec(sql);
}

std::string overwritten(const std::filesystem::path& path, std::size_t from, std::size_t count) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(from));
    file << std::string(count, '\x5A');
    return path.string();
}

std::string asked(const std::filesystem::path& path, const std::string& sql) {
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE, 5000);
    return database.execAndGet(sql).getString();
}

std::vector<Event> a_stocked_cart() {
    Cart cart;
    cart.id = "OR-1";
    cart.name = {"手术室急救车", "Theatre cart"};
    cart.station = "OR";
    Line epi;
    epi.id = "epi";
    epi.product = "epinephrine-1mg";
    epi.par = 10;
    epi.critical = true;
    Line gloves;
    gloves.id = "gloves";
    gloves.product = "gloves-m";
    gloves.par = 2;
    cart.lines = {epi, gloves};
    Device defib;
    defib.id = "defib";
    defib.name = {"除颤仪", "Defibrillator"};
    defib.accessories = {{"pads", {"电极片", "Pads"}, parse_day("2027-11-30")}};
    cart.devices = {defib};
    Product product;
    product.id = "epinephrine-1mg";
    product.name = {"肾上腺素", "Adrenaline"};
    product.strength = "1 mg/1 mL";
    product.unit = "支";
    product.identifiers = {{IdentifierKind::gtin, "06901234567892"}};
    Holding held{"A1", parse_day("2026-12-01"), 6, 1, {"S1", "S2"}, Evidence::scanned, {}, {}};
    Staff nurse{"N012", "王护士", Role::nurse, "9500000000", false};
    return {
        StationDefined{{"OR", {"手术室", "Theatre"}, "8001"}},
        ProductDefined{product},
        StaffDefined{nurse},
        CartDefined{cart},
        StockRecorded{"OR-1", "epi", {held}}};
}

std::vector<Event> a_whole_check(int number) {
    const std::string id = "ward-3f/" + std::to_string(number);
    Holding counted{"A1", parse_day("2026-12-01"), 6, 1, {}, Evidence::slot, {}, {}};
    CheckClosed closed;
    closed.check = id;
    closed.cart = "OR-1";
    closed.by = "N012";
    closed.working_day = *parse_day("2026-11-22");
    closed.readiness = Readiness::degraded;
    closed.in_order = 1;
    closed.required = 3;
    closed.not_scanned = {"gloves"};
    Finding shortage;
    shortage.kind = FindingKind::shortage;
    shortage.severity = Severity::high;
    shortage.line = "epi";
    shortage.quantity = 5;
    shortage.reasons = Reasons{0, 0, 1, 4};
    Finding near;
    near.kind = FindingKind::near_expiry;
    near.severity = Severity::notice;
    near.line = "epi";
    near.lot = "A1";
    near.last_usable_day = parse_day("2026-12-01");
    near.days_left = 9;
    near.band = 30;
    closed.findings = {shortage, near};
    AlertNeed need;
    need.line = "epi";
    need.product = "epinephrine-1mg";
    need.severity = Severity::high;
    need.quantity = 4 + number;
    need.reasons = {0, 0, 1, 3 + number};
    need.kinds = {FindingKind::shortage};
    need.par = 10;
    need.usable = 5;
    const Event alert = number == 1 ? Event{AlertRaised{{"OR-1", "epi"}, 1, need}}
                                    : Event{AlertChanged{{"OR-1", "epi"}, 1, need}};
    return {
        CheckOpened{id, "OR-1", CheckKind::full, "N012"},
        CheckStepped{id, 1, "N012", LineCounted{"epi", counted, "]d2010690123456789210A1"}},
        CheckStepped{id, 2, "N012", DeviceTested{"defib", false}},
        StepUndone{id, 2, "N012"},
        CheckStepped{id, 3, "N012", DeviceTested{"defib", true}},
        CheckStepped{id, 4, "N012", CodeParked{"4006381333931"}},
        CheckStepped{id, 5, "N012", SealRead{"0457722"}},
        CheckReviewed{id},
        closed,
        alert};
}

} // namespace cartwatch::store_kit
