// What is decided of the children: scripted processes, and a clock that the tests move.
#include "daemon/crew.h"

#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/shared_memory.h"
#include "unit/daemon/notify_socket.h"

namespace wswp::daemon {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr MonoMs kCrewSilenceMs = 3000;
constexpr int kExited = 0;
constexpr int kCannotStart = kExitCannotStart << 8;  // as of waitpid(2)

/// Processes that exist on paper.
class PaperProcesses final : public Processes {
 public:
  pid_t start(const std::string& name, const std::function<int()>& /*body*/) override {
    if (refused > 0) {
      --refused;
      errno = EAGAIN;
      return -1;
    }
    names_[++last_] = name;
    events.push_back("start " + name);
    return last_;
  }
  void signal(pid_t pid, int number) override {
    events.push_back((number == SIGKILL ? "kill " : number == SIGTERM ? "term " : "? ") + names_.at(pid));
  }
  /// What happened since the last call.
  std::vector<std::string> take() { return std::exchange(events, {}); }

  int refused = 0;  // so many starts fail
  std::vector<std::string> events;

 private:
  std::map<pid_t, std::string> names_;
  pid_t last_ = 100;
};

class CrewTest : public testing::Test {
 protected:
  CrewTest() {
    crew_.begin(2, kCrewSilenceMs, now_);
    crew_.turn(now_);
  }

  ChildSlot& control() { return page_->control; }
  ChildSlot& worker(std::size_t number) { return page_->workers.at(number); }
  std::vector<ChildSlot*> slots() { return {&control(), &worker(0), &worker(1), &worker(2)}; }

  void make_ready(ChildSlot& slot) {
    slot.ready = true;
    slot.heartbeat_ms = now_;
    crew_.turn(now_);
  }
  void make_all_ready() {
    make_ready(control());
    make_ready(worker(0));
    make_ready(worker(1));
  }
  /// All but `silent` beat, four times a second.
  void go_on(MonoMs duration_ms, const ChildSlot* silent = nullptr) {
    for (const MonoMs end = now_ + duration_ms; now_ < end;) {
      now_ += 250;
      for (ChildSlot* slot : slots()) {
        if (slot->pid != 0 && slot != silent) slot->heartbeat_ms = now_;
      }
      crew_.turn(now_);
    }
  }
  void die(ChildSlot& slot, int status) {
    crew_.reaped(slot.pid, status, now_);
    crew_.turn(now_);
  }
  std::vector<std::string> beats() {
    auto messages = manager_socket_.messages();
    std::erase_if(messages, [](const std::string& message) { return message != "WATCHDOG=1"; });
    return messages;
  }

  static constexpr MonoMs kWatchdogMs = 1000;
  MonoMs now_ = 50'000;
  NotifySocket manager_socket_;
  const int watchdog_ = (set_watchdog(kWatchdogMs), 0);
  ServiceManager manager_;
  SharedMemory<SharedPage> page_;
  PaperProcesses processes_;
  Crew crew_{{.control = [] { return 0; },
              .worker = [](std::size_t /*number*/) -> Child::Body { return [] { return 0; }; },
              .place = "nowhere"},
             *page_,
             manager_,
             processes_};
};

// ---- the start

TEST_F(CrewTest, WorkersStartWhenControlIsReadyAndAllAreReadyBeforeTheManagerHearsOfIt) {
  EXPECT_THAT(processes_.take(), ElementsAre("start control"));
  go_on(1000);
  EXPECT_THAT(processes_.take(), IsEmpty()) << "the database is not up to date yet";
  make_ready(control());
  EXPECT_THAT(processes_.take(), ElementsAre("start worker 0", "start worker 1"));
  EXPECT_EQ(page_->worker_count, 2);
  make_ready(worker(1));
  EXPECT_THAT(manager_socket_.messages(), AllOf(Not(Contains("READY=1")), Not(Contains("WATCHDOG=1"))));
  make_ready(worker(0));
  EXPECT_THAT(manager_socket_.messages(), Contains("READY=1"));
  go_on(2000);
  EXPECT_THAT(manager_socket_.messages(), Not(Contains("READY=1"))) << "once";
}

TEST_F(CrewTest, ControlMayBeSilentUntilTheDatabaseIsUpToDate) {
  go_on(10 * kCrewSilenceMs, &control());
  EXPECT_THAT(processes_.take(), ElementsAre("start control"));
  make_all_ready();
  processes_.take();
  go_on(kCrewSilenceMs + 250, &control());
  EXPECT_THAT(processes_.take(), ElementsAre("kill control"));
}

TEST_F(CrewTest, WhatNoNewStartWillMendEndsAll) {
  die(control(), kCannotStart);
  EXPECT_TRUE(crew_.stopping());
  crew_.turn(now_);
  EXPECT_TRUE(crew_.gone());
  EXPECT_EQ(crew_.exit_status(), 1);
  EXPECT_THAT(processes_.take(), ElementsAre("start control"));
}

TEST_F(CrewTest, TheSameFromALaterControlProcessDoesNot) {
  make_all_ready();
  die(control(), kCannotStart);
  EXPECT_FALSE(crew_.stopping());
  processes_.take();
  go_on(250);
  EXPECT_THAT(processes_.take(), ElementsAre("start control"));
}

TEST_F(CrewTest, AProcessThatCannotBeStartedIsTriedAgain) {
  processes_.refused = 1;
  make_ready(control());
  EXPECT_THAT(processes_.take(), ElementsAre("start control", "start worker 1"));
  EXPECT_EQ(worker(0).obstacle, Obstacle::kNoMemory);
  EXPECT_EQ(crew_.next_turn(now_), now_ + 100);
  now_ += 100;
  crew_.turn(now_);
  EXPECT_THAT(processes_.take(), ElementsAre("start worker 0"));
  EXPECT_EQ(worker(0).obstacle, Obstacle::kNone);
}

// ---- silence

TEST_F(CrewTest, TheWatchdogIsFedWhileAllBeat) {
  make_all_ready();
  EXPECT_EQ(beats().size(), 1U);
  for (int second = 0; second < 10; ++second) {  // the socket holds ten messages
    go_on(1000);
    EXPECT_EQ(beats().size(), 1000 / (kWatchdogMs / 2));
  }
}

TEST_F(CrewTest, TheWatchdogIsNotFedWhileAWorkerHangs) {
  make_all_ready();
  go_on(kCrewSilenceMs, &worker(1));
  beats();
  go_on(10'000, &worker(1));
  EXPECT_THAT(beats(), IsEmpty());
  die(worker(1), SIGKILL);
  go_on(2000);
  EXPECT_THAT(beats(), Not(IsEmpty())) << "it has been replaced";
}

TEST_F(CrewTest, TheWatchdogIsNotFedWhileControlHangs) {
  make_all_ready();
  go_on(kCrewSilenceMs, &control());
  beats();
  go_on(10'000, &control());
  EXPECT_THAT(beats(), IsEmpty());
}

TEST_F(CrewTest, AWorkerThatHangsIsKilledOnceAndReplaced) {
  make_all_ready();
  processes_.take();
  go_on(kCrewSilenceMs, &worker(1));
  EXPECT_THAT(processes_.take(), IsEmpty());
  go_on(2000, &worker(1));
  EXPECT_THAT(processes_.take(), ElementsAre("kill worker 1"));
  die(worker(1), SIGKILL);
  go_on(250);
  EXPECT_THAT(processes_.take(), ElementsAre("start worker 1"));
  now_ += 500;
  crew_.turn(now_);
  EXPECT_THAT(processes_.take(), IsEmpty()) << "the silence was that of the process before";
  EXPECT_EQ(worker(1).restarts, 1);
  EXPECT_EQ(worker(0).restarts, 0);
}

TEST_F(CrewTest, NobodyIsKilledWhenAllHaveBeenSuspended) {
  make_all_ready();
  go_on(1000);
  processes_.take();
  now_ += 3'600'000;
  crew_.turn(now_);
  EXPECT_THAT(processes_.take(), IsEmpty());
  go_on(10'000);
  EXPECT_THAT(processes_.take(), IsEmpty());
}

TEST_F(CrewTest, WhoStaysSilentAfterASuspensionIsKilledAfterTheUsualTime) {
  make_all_ready();
  processes_.take();
  now_ += 3'600'000;
  crew_.turn(now_);
  go_on(kCrewSilenceMs, &worker(0));
  EXPECT_THAT(processes_.take(), IsEmpty());
  go_on(250, &worker(0));
  EXPECT_THAT(processes_.take(), ElementsAre("kill worker 0"));
}

TEST_F(CrewTest, ASupervisorThatIsMerelyLateForgivesNobody) {
  make_all_ready();
  processes_.take();
  now_ += kCrewSilenceMs + 1;  // less than what a suspension is taken for
  for (ChildSlot* slot : {&control(), &worker(1)}) slot->heartbeat_ms = now_;
  crew_.turn(now_);
  EXPECT_THAT(processes_.take(), ElementsAre("kill worker 0"));
}

// ---- the death of one

TEST_F(CrewTest, AWorkerThatDiesYoungIsStartedAgainAfterARest) {
  make_all_ready();
  processes_.take();
  die(worker(0), SIGSEGV);
  EXPECT_EQ(crew_.next_turn(now_), now_ + 100);
  now_ += 99;
  crew_.turn(now_);
  EXPECT_THAT(processes_.take(), IsEmpty());
  now_ += 1;
  crew_.turn(now_);
  EXPECT_THAT(processes_.take(), ElementsAre("start worker 0"));
}

// ---- a reload

TEST_F(CrewTest, AReloadReplacesOneChildAtATimeAndControlLast) {
  make_all_ready();
  go_on(1000);
  manager_socket_.messages();
  processes_.take();
  crew_.reload(2, kCrewSilenceMs, now_);
  EXPECT_THAT(manager_socket_.messages(), ElementsAre(StartsWith("RELOADING=1")));
  go_on(1000);
  EXPECT_THAT(processes_.take(), ElementsAre("term worker 0"));
  die(worker(0), kExited);
  go_on(1000);
  EXPECT_THAT(processes_.take(), ElementsAre("start worker 0")) << "it is not ready yet";
  make_ready(worker(0));
  go_on(1000);
  EXPECT_THAT(processes_.take(), ElementsAre("term worker 1"));
  die(worker(1), kExited);
  go_on(1000);
  EXPECT_THAT(processes_.take(), ElementsAre("start worker 1"));
  make_ready(worker(1));
  go_on(1000);
  EXPECT_THAT(processes_.take(), ElementsAre("term control"));
  die(control(), kExited);
  go_on(1000);
  EXPECT_THAT(processes_.take(), ElementsAre("start control"));
  EXPECT_THAT(manager_socket_.messages(), Not(Contains("READY=1")));
  make_ready(control());
  EXPECT_THAT(manager_socket_.messages(), Contains("READY=1"));
  go_on(10'000);
  EXPECT_THAT(processes_.take(), IsEmpty());
  EXPECT_EQ(worker(0).restarts + worker(1).restarts + control().restarts, 0) << "nobody has died";
}

TEST_F(CrewTest, AReloadMakesMoreWorkers) {
  make_all_ready();
  processes_.take();
  crew_.reload(3, kCrewSilenceMs, now_);
  EXPECT_EQ(page_->worker_count, 3);
  go_on(250);
  EXPECT_THAT(processes_.take(), ElementsAre("term worker 0", "start worker 2"));
}

TEST_F(CrewTest, AReloadSendsSurplusWorkersAwayForGood) {
  make_all_ready();
  processes_.take();
  crew_.reload(1, kCrewSilenceMs, now_);
  go_on(250);
  EXPECT_THAT(processes_.take(), ElementsAre("term worker 1", "term worker 0"));
  die(worker(1), kExited);
  die(worker(0), kExited);
  make_ready(worker(0));
  die(control(), kExited);
  make_ready(control());
  go_on(1000);
  EXPECT_THAT(processes_.take(), ElementsAre("start worker 0", "term control", "start control"));
  EXPECT_EQ(page_->worker_count, 1);
  EXPECT_EQ(crew_.worker_count(), 1U);
}

TEST_F(CrewTest, AReloadTakesTheNewLimitOfSilence) {
  make_all_ready();
  processes_.take();
  crew_.reload(2, 20'000, now_);
  go_on(19'000, &worker(1));
  EXPECT_THAT(processes_.take(), Not(Contains("kill worker 1")));
}

// ---- the stop

TEST_F(CrewTest, WorkersEndBeforeControl) {
  make_all_ready();
  processes_.take();
  manager_socket_.messages();
  crew_.stop(now_);
  EXPECT_TRUE(page_->stopping);
  EXPECT_FALSE(page_->stopping_at_once);
  EXPECT_THAT(manager_socket_.messages(), ElementsAre("STOPPING=1"));
  go_on(1000);
  EXPECT_THAT(processes_.take(), ElementsAre("term worker 0", "term worker 1"));
  die(worker(0), kExited);
  go_on(1000);
  EXPECT_THAT(processes_.take(), IsEmpty());
  die(worker(1), kExited);
  EXPECT_THAT(processes_.take(), ElementsAre("term control"));
  EXPECT_FALSE(crew_.gone());
  die(control(), kExited);
  EXPECT_TRUE(crew_.gone());
  EXPECT_EQ(crew_.exit_status(), 0);
  EXPECT_THAT(processes_.take(), IsEmpty()) << "nobody is started again";
}

TEST_F(CrewTest, WhoDoesNotEndWithinHisGraceIsKilled) {
  make_all_ready();
  processes_.take();
  crew_.stop(now_);
  go_on(7750);
  EXPECT_THAT(processes_.take(), ElementsAre("term worker 0", "term worker 1"));
  go_on(500);
  EXPECT_THAT(processes_.take(), ElementsAre("kill worker 0", "kill worker 1"));
  die(worker(0), SIGKILL);
  die(worker(1), SIGKILL);
  go_on(4750);
  EXPECT_THAT(processes_.take(), ElementsAre("term control"));
  go_on(500);
  EXPECT_THAT(processes_.take(), ElementsAre("kill control"));
}

TEST_F(CrewTest, ASecondStopShortensTheGrace) {
  make_all_ready();
  processes_.take();
  crew_.stop(now_);
  crew_.stop(now_);
  EXPECT_TRUE(page_->stopping_at_once);
  EXPECT_THAT(processes_.take(), ElementsAre("term worker 0", "term worker 1", "term worker 0", "term worker 1"));
  go_on(1750);
  EXPECT_THAT(processes_.take(), IsEmpty());
  go_on(250);
  EXPECT_THAT(processes_.take(), ElementsAre("kill worker 0", "kill worker 1"));
}

TEST_F(CrewTest, WhoDiesDuringTheStopIsNotStartedAgain) {
  make_all_ready();
  crew_.stop(now_);
  processes_.take();
  die(control(), SIGSEGV);
  go_on(1000);
  EXPECT_THAT(processes_.take(), IsEmpty());
}

// ---- what is told

TEST_F(CrewTest, TheStatusSaysHowFarThingsAre) {
  EXPECT_THAT(manager_socket_.messages(), ElementsAre("STATUS=opening the database"));
  go_on(1000);
  make_ready(control());
  go_on(1000);
  EXPECT_THAT(manager_socket_.messages(), ElementsAre("STATUS=starting the workers"));
  worker(0).in_flight = 3;
  worker(1).in_flight = 4;
  page_->done = 5;
  page_->total = 9;
  make_ready(worker(0));
  make_ready(worker(1));
  go_on(1000);
  EXPECT_THAT(manager_socket_.messages(), Contains("STATUS=5 of 9 URLs done, 0/s, 7 in flight"));
  crew_.stop(now_);
  go_on(1000);
  EXPECT_THAT(manager_socket_.messages(), Contains("STATUS=stopping: 5 of 9 URLs done, 0/s, 7 in flight"));
}

TEST_F(CrewTest, ATurnIsDueAtLeastOnceASecondAndForEachBeat) {
  EXPECT_EQ(crew_.next_turn(now_), now_ + 1000);
  make_all_ready();
  EXPECT_EQ(crew_.next_turn(now_), now_ + kWatchdogMs / 2);
}

}  // namespace
}  // namespace wswp::daemon
