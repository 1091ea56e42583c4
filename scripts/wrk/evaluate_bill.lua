-- Evaluates with the bills and latencies alone.
dofile("scripts/wrk/common.lua")

function request()
  return post("/api/v1/evaluate?parts=bill,latency")
end
