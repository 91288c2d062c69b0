#include "crawl/work_mark.h"

#include <csignal>
#include <cstddef>

namespace wswp::crawl {
namespace {

constexpr std::size_t kStackBytes = std::size_t{64} * 1024;

std::atomic<WorkMark*> suspect_of_process = nullptr;
thread_local const WorkMark* mark_of_thread = nullptr;

/// SA_RESETHAND has put the default action back: the instruction that failed is run again, or abort() goes on.
void note_crash(int number) {
  WorkMark* suspect = suspect_of_process;
  if (suspect != nullptr && mark_of_thread != nullptr) {
    if (const auto url = mark_of_thread->get()) suspect->set(*url);
  }
  raise(number);
}

}  // namespace

void CrashHandler::install(WorkMark& suspect) {
  suspect_of_process = &suspect;
  struct sigaction action {};
  action.sa_handler = note_crash;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK);
  for (const int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) sigaction(number, &action, nullptr);
}

CrashHandler::CrashHandler(const WorkMark& of_this_thread) : stack_(new char[kStackBytes]) {
  mark_of_thread = &of_this_thread;
  stack_t stack{};
  stack.ss_sp = stack_;
  stack.ss_size = kStackBytes;
  sigaltstack(&stack, nullptr);
}

CrashHandler::~CrashHandler() {
  mark_of_thread = nullptr;
  stack_t none{};
  none.ss_flags = SS_DISABLE;
  sigaltstack(&none, nullptr);
  delete[] stack_;
}

}  // namespace wswp::crawl
