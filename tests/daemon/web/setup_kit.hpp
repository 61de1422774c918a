// What the tests of the setup ask, and the answers.
#pragma once

#include "daemon/web/routes.hpp"
#include "daemon/web/setup_parts.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <utility>

namespace cartwatch::setup_kit {

using namespace cartwatch::web;
using namespace cartwatch::readiness;

using Query = std::map<std::string, std::string>;

struct Asked {
    Method method = Method::get;
    std::string path;
    Query query;
    std::string body;
    std::string type = "application/json";
    std::string key = ""; // of the request, where it may be made again
};

inline Response answer_to(FakeProgram& program, const Asked& asked) {
    Routes routes(program.service(), StaticFiles());
    Request request;
    request.head.method = asked.method;
    request.head.path = asked.path;
    request.head.query = asked.query;
    request.head.content_type = asked.type;
    request.head.idempotency_key = asked.key;
    request.body = asked.body;
    Response answer;
    routes.answer(request, [&](Response response) { answer = std::move(response); });
    return answer;
}

inline Json json_of(const Response& response) {
    INFO(response.body);
    REQUIRE(response.status == 200);
    return Json::parse(response.body);
}

inline Asked asks_for(std::string path, Query query = {}) {
    return {Method::get, std::move(path), std::move(query), "", "", ""};
}

inline Asked posts_edit(std::string body) {
    return {Method::post, "/api/v1/setup/define", {}, std::move(body), "application/json", ""};
}

inline Asked sheet_of(const std::string& what, Query query = {{"station", "OR"}}) {
    return {
        Method::post,
        "/api/v1/setup/import/" + what,
        std::move(query),
        "bytes",
        "application/octet-stream",
        ""};
}

// The ward keeps the pharmacy's epinephrine itself.
inline FakeProgram with_own_epinephrine() {
    FakeProgram program;
    const Product& known = node_of(program.state, "pharmacy").products.at("epi");
    program.state.nodes["ward-1"].products["epi"] = known;
    return program;
}

inline Product changed_epinephrine(const FakeProgram& program) {
    Product product = node_of(program.state, "ward-1").products.at("epi");
    product.strength = "2 mg";
    return product;
}

inline Asked edit_of(const Json& definition, const std::string& badge) {
    Json body;
    body["station"] = "OR";
    body["listener"] = "tab";
    body["badge"] = badge;
    body["definitions"] = Json::array({definition});
    return posts_edit(dumped(body));
}

// The product "epi" as the page would send it back.
inline Json edited_product(FakeProgram& program) {
    const Json all = json_of(answer_to(program, asks_for("/api/v1/setup/products")));
    for (const Json& row : all["products"]) {
        if (row["body"]["id"] == "epi") {
            Json definition;
            definition["kind"] = "product.defined";
            definition["version"] = row["version"];
            definition["body"] = row["body"];
            return definition;
        }
    }
    FAIL("no epi");
    return {};
}

inline NodeState& node_of_self(FakeProgram& program) {
    return program.state.nodes[program.state.self];
}

inline const ChangeSetup& submitted(const FakeProgram& program) {
    REQUIRE(program.submitted.size() == 1);
    return std::get<ChangeSetup>(program.submitted.front().command);
}

} // namespace cartwatch::setup_kit
