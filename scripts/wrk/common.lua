-- What the loads share: systems of which no two are the same, so that nothing comes from memory, and one line of result.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local made = 0

function system()
  made = made + 1
  local requests = 1000000 + number * 100000000 + made
  return string.format(
    '{"version":1,"components":[{"traffic":{"requests_per_month":%d},"work":{"duration_ms":120,"cpu_ms":30},"latency":{"percentile":"p99","target_ms":500}}]}',
    requests)
end

function post(path)
  return wrk.format("POST", path, { ["content-type"] = "application/json" }, system())
end

-- requests a second, P50 and P99 in milliseconds, answers that were no success, requests without an answer
function done(summary, latency)
  local lost = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("result %.1f %.1f %.1f %d %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status, lost))
end
