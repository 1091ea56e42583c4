-- Reads the address that wrk is given.
dofile("scripts/wrk/common.lua")
