// `cartwatch ward resume` and `cartwatch pharmacy resume`: a person ends the wait of a node for
// what it wrote before (ledger::Ledger::awaited_past), beside the button on its page.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct ResumeArguments {
    std::filesystem::path database;
    std::string node;
    std::string pharmacy; // the pharmacy's node; on the pharmacy equal to node
};

// The node records from its next start on, also where it has nothing yet. 0 done; 2 its daemon runs
// (its page has the button), or the database is not its own; 3 the machine failed.
[[nodiscard]] int
run_resume(const ResumeArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
