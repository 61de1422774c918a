// Which answer belongs to which request: functions over a Service. No socket, no clock, no HTTP
// library. An answer may come later, when what was asked for is on disk.
#pragma once

#include "daemon/web/answers.hpp"
#include "daemon/web/message.hpp"
#include "daemon/web/metrics.hpp"
#include "daemon/web/service.hpp"
#include "daemon/web/static_files.hpp"
#include "daemon/web/views.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

inline constexpr std::string_view live_path = "/api/v1/live";

// How many bytes of body a request may bring; read before the body is.
[[nodiscard]] std::size_t body_bytes_max(const RequestHead& head);

class Routes {
public:
    Routes(Service service, StaticFiles files);

    // Calls `respond` exactly once, now or later; lives until then.
    void answer(const Request& request, Respond respond);

    // The refusal of a live page, or nullopt where it may be opened.
    [[nodiscard]] std::optional<Response> refusal_of_live(const RequestHead& head) const;

    // The station that a view or live page shows: the one asked for, on the pharmacy always the
    // board.
    [[nodiscard]] std::string shown_station(const RequestHead& head) const;

    // What a live page of this station is sent; of the board, whatever the station. Empty where the
    // program failed on it.
    [[nodiscard]] std::string live_view(std::string_view station);
    [[nodiscard]] std::string live_tick() const;

    // Counted by the server, shown by /metrics.
    [[nodiscard]] HttpFigures& http() {
        return http_;
    }

private:
    using Handler = void (Routes::*)(const Request& request, Respond respond);
    struct Row;

    [[nodiscard]] static const std::vector<Row>& table();
    [[nodiscard]] Handler handler_for(const RequestHead& head, Response& refusal) const;

    void get_health(const Request& request, Respond respond);
    void get_metrics(const Request& request, Respond respond);
    void get_stations(const Request& request, Respond respond);
    void get_view(const Request& request, Respond respond);
    void answer_check(const Request& request, Respond respond);
    void get_live(const Request& request, Respond respond);
    void get_export(const Request& request, Respond respond);
    // One of the service's two answers to a question about days and carts.
    template <auto Ask>
    void get_history(const Request& request, Respond respond);
    void get_expiry(const Request& request, Respond respond);
    void get_check_record(const Request& request, Respond respond);
    // What can be printed, the labels of a kind, and a file of them.
    void get_labels(const Request& request, Respond respond);
    void post_scan(const Request& request, Respond respond);
    // Nothing is scanned: the page asks which of the codes before its camera is meant.
    void post_choose(const Request& request, Respond respond);
    void post_command(const Request& request, Respond respond);
    void post_image(const Request& request, Respond respond);
    void get_products(const Request& request, Respond respond);
    void get_recalls(const Request& request, Respond respond);
    void get_substitutions(const Request& request, Respond respond);
    void get_policy(const Request& request, Respond respond);
    void get_seals(const Request& request, Respond respond);
    // Below setup_prefix (setup_parts.hpp).
    void get_setup(const Request& request, Respond respond);
    void post_setup(const Request& request, Respond respond);
    void define_setup(const Request& request, Respond respond);
    // Shows what the sheet would change, or changes it where what was shown is said to be wanted.
    void take_sheet(
        const Request& request,
        const std::string& station,
        const Result<imports::Events>& events,
        const Respond& respond);
    [[nodiscard]] std::string setup_station(const std::string& named) const;
    // What the pharmacy publishes: the path says what (board_commands.hpp).
    void post_board(const Request& request, Respond respond);
    // Submits it with its badge as that is known here.
    void submit_at_board(const Request& request, readiness::Command command, Respond respond);
    // The pharmacy's answer to an alert, from the body that Parse takes.
    template <auto Parse>
    void post_answer(const Request& request, Respond respond);
    // Nothing is recorded: what a code says of a unit that is about to be sent.
    void post_read_pack(const Request& request, Respond respond);
    void post_read_unit(const Request& request, Respond respond);

    void post_confirm_day(const Request& request, Respond respond);
    // A person ends the wait for what this node wrote before; done already is done, too.
    void post_go_on(const Request& request, Respond respond);

    // The view of a station with its number: pages order views by it, since clocks can be set back.
    [[nodiscard]] Json numbered_view(std::string_view station);
    // Runs the handler; what it throws becomes 500.
    void run(Handler handler, const Request& request, Respond respond);
    // Submits, and answers with `answer` and reply and view once it is recorded.
    void submit(Submission submission, Json answer, Respond respond);
    // Answers a request that changed something before, also before a restart, as it was answered
    // then. False: it is new.
    [[nodiscard]] bool
    answer_again(const Request& request, const std::string& station, const Respond& respond);
    [[nodiscard]] Response
    response_to(const Result<readiness::Reply>& reply, const std::string& station, Json answer);
    // Applies the one symbol of a picture where the submission names a station.
    void answer_symbols(
        Submission submission, const std::vector<codes::Reading>& symbols, const Respond& respond);
    [[nodiscard]] std::optional<Response> refusal_of_station(std::string_view station) const;
    [[nodiscard]] Response broken(std::string_view what) const;

    Service service_;
    StaticFiles files_;
    Answers answers_;
    HttpFigures http_;
    std::int64_t views_ = 0; // made since the start
};

} // namespace cartwatch::web
