#include "disk.h"

#include <utility>

namespace wswp::power {

void Disk::load(const Files& files) {
  entries_.clear();
  for (const auto& [name, bytes] : files) {
    entries_[name] = std::make_shared<File>(File{.name = name, .bytes = bytes, .synced = bytes, .unsynced = {}});
  }
  synced_entries_ = entries_;
  unsynced_entries_.clear();
  fuse_.reset();
  off_ = false;
}

Files Disk::survivors(Dice& dice) const {
  std::map<std::string, FilePtr> entries = synced_entries_;
  for (const auto& [name, states] : unsynced_entries_) {
    if (const std::size_t kept = dice.below(states.size() + 1); kept > 0) entries[name] = states[kept - 1];
  }
  Files files;
  for (const auto& [name, file] : entries) {
    if (file) files[name] = survivor(file->synced, file->unsynced, dice);
  }
  return files;
}

bool Disk::powered(const std::string& name) {
  const bool counts = fuse_ && (fuse_name_.empty() || fuse_name_ == name);
  if (counts && --*fuse_ == 0) cut();
  return !off_;
}

Disk::FilePtr Disk::find(const std::string& name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : found->second;
}

void Disk::enter(const std::string& name, FilePtr file) {
  unsynced_entries_[name].push_back(file);
  if (file) {
    entries_[name] = std::move(file);
  } else {
    entries_.erase(name);
  }
}

Disk::FilePtr Disk::create(const std::string& name) {
  if (!powered(name)) return nullptr;
  enter(name, std::make_shared<File>(File{.name = name, .bytes = {}, .synced = {}, .unsynced = {}}));
  return entries_[name];
}

bool Disk::remove(const std::string& name) {
  if (!powered(name)) return false;
  enter(name, nullptr);
  return true;
}

bool Disk::write(File& file, std::size_t offset, std::string_view bytes) {
  const bool is_there =
      offset + bytes.size() <= file.bytes.size() && file.bytes.compare(offset, bytes.size(), bytes) == 0;
  if (is_there ? off_ : !powered(file.name)) return false;
  file.unsynced.push_back({.kind = Change::Kind::kWrite, .offset = offset, .bytes = std::string(bytes)});
  carry_out(file.bytes, file.unsynced.back());
  return true;
}

bool Disk::truncate(File& file, std::size_t size) {
  if (!powered(file.name)) return false;
  file.unsynced.push_back({.kind = Change::Kind::kTruncate, .offset = size, .bytes = {}});
  carry_out(file.bytes, file.unsynced.back());
  return true;
}

bool Disk::sync(File& file) {
  if (!powered(file.name)) return false;
  if (lying_) return true;
  for (const Change& change : file.unsynced) carry_out(file.synced, change);
  file.unsynced.clear();
  return true;
}

bool Disk::sync_directory() {
  if (!powered("")) return false;
  if (lying_) return true;
  synced_entries_ = entries_;
  unsynced_entries_.clear();
  return true;
}

}  // namespace wswp::power
