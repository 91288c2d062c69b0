#pragma once
// How the values of the frontier look in JSON; the shapes are those of README.md. Pure functions; any thread.

#include <string>

#include <nlohmann/json.hpp>

#include "daemon/api/http.h"
#include "frontier/reports.h"
#include "frontier/types.h"

namespace wswp::api {

/// Keys keep the order they were written in.
using Json = nlohmann::ordered_json;

/// One line; bytes that are no UTF-8 become U+FFFD.
std::string to_line(const Json& json);
Response json_response(const Json& json, unsigned status = 200);

/// {"total", "pending", "in_flight", "fetched", "failed", "disallowed", "skipped"}
Json urls_json(const frontier::Crawl& crawl);
/// A row of the `results` view, under the names of its columns.
Json result_json(const frontier::ResultRow& row);
/// The columns of the `results` view that follow from the outcome alone.
Json outcome_json(const frontier::Outcome& outcome);

/// Null for a value that stands for "none".
Json text_or_null(const std::string& text);
Json time_or_null(WallMs time);
Json seconds_or_null(std::int64_t milliseconds);

/// The Sitemap lines of a host's robots.txt, an array of texts.
Json sitemaps_json(const frontier::RobotsRecord& record);

}  // namespace wswp::api
