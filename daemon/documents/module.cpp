// What the module shows of itself to the program that loads it.
#include "daemon/documents/documents.hpp"
#include "daemon/reports/made_documents.hpp"

extern "C" [[gnu::visibility("default")]] const cartwatch::reports::DocumentFunctions*
cartwatch_documents();

const cartwatch::reports::DocumentFunctions* cartwatch_documents() {
    using namespace cartwatch;
    static constexpr reports::DocumentFunctions functions{
        documents::draw_labels,
        documents::draw_calibration,
        documents::draw_symbol,
        documents::draw_report,
        documents::write_archive,
        documents::read_archive,
        documents::xlsx_writer,
        documents::read_xlsx};
    return &functions;
}
