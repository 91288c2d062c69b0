# For CTest, once the tests are known: what only waits, and longest, starts first (30 s of silence, daemon/child.h).
set_tests_properties(integration_tests.Notify.AHangingWorkerIsReplaced PROPERTIES COST 1000)
