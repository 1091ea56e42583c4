-- Evaluates with all parts and saves.
dofile("scripts/wrk/common.lua")

function request()
  return post("/api/v1/scenarios")
end
