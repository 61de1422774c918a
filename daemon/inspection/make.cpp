#include "daemon/inspection/make.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/inspection/digest.hpp"
#include "daemon/inspection/tables.hpp"
#include "daemon/pack/chain.hpp"
#include "daemon/pack/secrets.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace cartwatch::inspection {

namespace fs = std::filesystem;

namespace {

// Entries that are read and turned round at once, at most 1 MiB each and rarely a kilobyte.
constexpr std::int64_t entries_at_once = 500;

[[noreturn]] void fail(const fs::path& file) {
    throw std::runtime_error(file.string() + ": writing failed; is the disk full?");
}

void close(std::ofstream& stream, const fs::path& file) {
    stream.close();
    if (!stream) {
        fail(file);
    }
}

// The CSV and the workbook of a table, in one pass.
void write_table(
    store::Reader& reader, const Gathered& gathered, const Table& table, const fs::path& folder) {
    const std::string name(table.name);
    const fs::path csv = folder / (name + ".csv");
    std::ofstream stream(csv, std::ios::binary);
    const auto text = reports::text_writer(reports::Format::csv, table.columns, stream);
    const auto book = reports::xlsx_writer(table.columns, table.title, folder / (name + ".xlsx"));
    table.each_row(reader, gathered, [&](const Row& row) {
        text->row(row);
        book->row(row);
    });
    text->finish();
    book->finish();
    close(stream, csv);
}

std::set<std::string> secret_codes(const Gathered& gathered) {
    std::set<std::string> codes = gathered.badges;
    for (const auto& [name, node] : gathered.state.nodes) {
        for (const auto& [id, person] : node.staff) {
            codes.erase(id); // a person's number stands in every table
        }
    }
    return codes;
}

// The entries of one journal in their order, though the store tells them backwards.
class JournalWriter {
public:
    JournalWriter(store::Reader& reader, const Gathered& gathered, std::ostream& out)
        : reader_(reader), secrets_(secret_codes(gathered)), out_(out) {}

    void write(pack::PackJournal& journal) {
        journal.before = hash_of(journal.node, journal.first - 1);
        journal.head = journal.before;
        for (std::int64_t first = journal.first; first <= journal.last; first += entries_at_once) {
            const std::int64_t last = std::min(first + entries_at_once - 1, journal.last);
            std::vector<journal::Entry> entries;
            reader_.entries_back(journal.node, last, first, [&](const journal::Entry& entry) {
                entries.push_back(entry);
                return true;
            });
            for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
                write_entry(journal, *entry);
            }
        }
    }

private:
    std::string hash_of(const std::string& node, std::int64_t seq) {
        std::string hash(journal::no_hash);
        if (seq > 0) {
            reader_.entries_back(node, seq, seq, [&](const journal::Entry& entry) {
                hash = entry.hash;
                return true;
            });
        }
        return hash;
    }

    void write_entry(pack::PackJournal& journal, const journal::Entry& entry) {
        const bool is_secret = secrets_.in(entry.body);
        journal.withheld += is_secret ? 1 : 0;
        journal.head = entry.hash;
        out_ << (is_secret ? pack::withheld_line(entry) : pack::whole_line(entry)) << '\n';
    }

    store::Reader& reader_;
    pack::Secrets secrets_;
    std::ostream& out_;
};

void write_journal(store::Reader& reader, Gathered& gathered, const fs::path& folder) {
    const fs::path file = folder / std::string(pack::journal_name);
    std::ofstream stream(file, std::ios::binary);
    JournalWriter writer(reader, gathered, stream);
    for (pack::PackJournal& journal : gathered.journals) {
        writer.write(journal);
    }
    close(stream, file);
}

Result<void> write_report(const reports::Report& report, const fs::path& folder) {
    const auto drawn = reports::draw_report(report);
    if (!drawn) {
        return tl::unexpected(drawn.error());
    }
    const fs::path file = folder / "report.pdf";
    std::ofstream stream(file, std::ios::binary);
    stream << *drawn;
    close(stream, file);
    return {};
}

std::vector<pack::PackFile> digests_of(const fs::path& folder) {
    std::vector<pack::PackFile> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const FileDigest digest = digest_of(entry.path());
        files.push_back({entry.path().filename().string(), digest.bytes, digest.sha256});
    }
    std::ranges::sort(files, {}, &pack::PackFile::name);
    return files;
}

Made seal(Gathered& gathered, const fs::path& folder) {
    const PackRequest& request = gathered.request;
    pack::Manifest manifest{
        request.node,
        request.now,
        request.time_zone,
        request.from,
        request.to,
        {gathered.stations.begin(), gathered.stations.end()},
        digests_of(folder),
        std::move(gathered.journals)};
    const pack::SealedManifest sealed = pack::sealed(manifest, crypto::sha256);
    const fs::path file = folder / std::string(pack::manifest_name);
    std::ofstream stream(file, std::ios::binary);
    stream << sealed.text;
    close(stream, file);
    return {std::move(manifest), sealed.seal};
}

} // namespace

Result<Made> make_pack(
    const fs::path& store_file,
    PackRequest request,
    const Voice& voice,
    const fs::path& folder,
    const Progress& progress) {
    store::Reader reader(store_file);
    Gathered gathered;
    if (const auto gathering = gather(reader, std::move(request), gathered); !gathering) {
        return tl::unexpected(gathering.error());
    }
    const int parts =
        static_cast<int>(tables().size()) + 4; // read, tables, journal, report, digests
    int done = 0;
    const auto tell = [&] {
        ++done;
        if (progress) {
            progress(done, parts);
        }
    };
    tell();
    for (const Table& table : tables()) {
        write_table(reader, gathered, table, folder);
        tell();
    }
    write_journal(reader, gathered, folder);
    tell();
    if (const auto written = write_report(report_of(reader, gathered, voice), folder); !written) {
        return tl::unexpected(written.error());
    }
    tell();
    Made made = seal(gathered, folder);
    tell();
    return made;
}

} // namespace cartwatch::inspection
