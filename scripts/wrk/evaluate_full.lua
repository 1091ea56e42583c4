-- Evaluates with all parts.
dofile("scripts/wrk/common.lua")

function request()
  return post("/api/v1/evaluate")
end
