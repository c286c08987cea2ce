"""What was done to items, in words: for the history of a letter and for the log."""

from vungxanh.directives.rules import ChangeKind
from vungxanh.refusals import Words

CHANGE_WORDS = {
    ChangeKind.CONFIRMED: Words(vi="Xác nhận", en="Confirmed"),
    ChangeKind.EDITED: Words(vi="Sửa", en="Edited"),
    ChangeKind.DROPPED: Words(vi="Bỏ", en="Dropped"),
    ChangeKind.REOPENED: Words(vi="Mở lại", en="Reopened"),
    ChangeKind.ADDED: Words(vi="Thêm", en="Added"),
    ChangeKind.MERGED: Words(vi="Gộp", en="Merged"),
    ChangeKind.SPLIT: Words(vi="Tách", en="Split"),
    ChangeKind.UNDONE: Words(vi="Hoàn tác", en="Undone"),
}
