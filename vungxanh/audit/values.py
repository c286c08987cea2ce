"""The events that may be recorded, each with its words; docs/audit-events.md lists them all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.refusals import Words

EVENTS: dict[str, Words] = {
    "accounts.demo_loaded": Words(vi="Nạp tài khoản mẫu", en="Demo accounts loaded"),
    "accounts.device_enrolled": Words(vi="Thiết bị ghi danh", en="Device enrolled"),
    "accounts.device_invited": Words(vi="Tạo mã ghi danh thiết bị", en="Device invited"),
    "accounts.device_lapsed": Words(vi="Thiết bị tự hết hiệu lực", en="Device lapsed"),
    "accounts.device_refused": Words(vi="Từ chối thiết bị", en="Device refused"),
    "accounts.device_revoked": Words(vi="Thu hồi thiết bị", en="Device revoked"),
    "accounts.device_token_changed": Words(vi="Thiết bị đổi khóa", en="Device changed its token"),
    "accounts.confirmed": Words(vi="Xác nhận lại là mình", en="Confirmed again who it is"),
    "accounts.factor_added": Words(vi="Thêm bước xác thực thứ hai", en="Second factor added"),
    "accounts.factor_refused": Words(vi="Bước hai chưa đúng", en="Second factor refused"),
    "accounts.factor_removed": Words(vi="Bỏ bước xác thực thứ hai", en="Second factor removed"),
    "accounts.factor_renamed": Words(vi="Đổi tên khóa", en="Passkey renamed"),
    "accounts.factors_reset": Words(vi="Xóa mọi bước hai", en="All second factors removed"),
    "accounts.recovery_codes_made": Words(vi="Lập mã dự phòng", en="Recovery codes made"),
    "accounts.key_made": Words(vi="Cấp khóa API", en="API key made"),
    "accounts.passkey_copied": Words(
        vi="Từ chối khóa có dấu hiệu bị sao chép", en="Passkey refused as copied"
    ),
    "accounts.password_changed": Words(vi="Đổi mật khẩu", en="Password changed"),
    "accounts.password_refused": Words(vi="Đổi mật khẩu không được", en="Password change refused"),
    "accounts.sign_in_refused": Words(vi="Đăng nhập không được", en="Sign-in refused"),
    "accounts.signed_in": Words(vi="Đăng nhập", en="Signed in"),
    "accounts.signed_out": Words(vi="Đăng xuất", en="Signed out"),
    "accounts.staff_added": Words(vi="Thêm cán bộ", en="Staff member added"),
    "accounts.session_ended": Words(vi="Kết thúc phiên đăng nhập", en="Session ended"),
    "accounts.staff_changed": Words(vi="Đổi quyền cán bộ", en="Rights of a staff member changed"),
    "accounts.staff_locked": Words(vi="Khóa tài khoản", en="Account locked"),
    "accounts.staff_unlocked": Words(vi="Mở khóa tài khoản", en="Account unlocked"),
    "accounts.invited": Words(vi="Mời cán bộ", en="Staff member invited"),
    "accounts.invitation_resent": Words(vi="Gửi lại lời mời", en="Invitation sent again"),
    "accounts.invitation_withdrawn": Words(vi="Thu hồi lời mời", en="Invitation withdrawn"),
    "accounts.invitation_used": Words(vi="Nhận lời mời", en="Invitation taken up"),
    "accounts.recovery_asked": Words(vi="Báo mất bước hai", en="Lost second factor reported"),
    "accounts.recovery_confirmed": Words(
        vi="Xác nhận quen biết đồng nghiệp", en="Colleague vouched for"
    ),
    "accounts.recovery_done": Words(
        vi="Gỡ bước hai theo lời hai đồng nghiệp",
        en="Second factor removed on the word of two colleagues",
    ),
    "accounts.recovery_dropped": Words(vi="Bỏ yêu cầu gỡ bước hai", en="Request for help dropped"),
    "accounts.glass_broken": Words(vi="Mở khẩn cấp", en="Glass broken"),
    "accounts.glass_closed": Words(vi="Đóng mở khẩn cấp", en="Glass closed"),
    "accounts.glass_reviewed": Words(vi="Xem lại mở khẩn cấp", en="Broken glass reviewed"),
    "accounts.glass_seen": Words(vi="Xem qua mở khẩn cấp", en="Read through broken glass"),
    "accounts.purposes_loaded": Words(vi="Nạp danh sách mục đích", en="List of purposes loaded"),
    "accounts.purpose_proposed": Words(vi="Đề nghị mục đích", en="Purpose proposed"),
    "accounts.purpose_approved": Words(vi="Duyệt mục đích", en="Purpose approved"),
    "accounts.purpose_refused": Words(vi="Không duyệt mục đích", en="Purpose refused"),
    "accounts.purpose_withdrawn": Words(vi="Rút đề nghị mục đích", en="Proposal withdrawn"),
    "accounts.person_seen": Words(vi="Xem thông tin người", en="Person looked at"),
    "accounts.export_asked": Words(vi="Xin xuất danh sách người", en="Export of persons asked for"),
    "accounts.export_approved": Words(vi="Duyệt xuất danh sách", en="Export of persons approved"),
    "accounts.export_refused": Words(vi="Không duyệt xuất", en="Export of persons refused"),
    "accounts.persons_exported": Words(vi="Xuất danh sách người", en="Persons exported"),
    "accounts.export_downloaded": Words(vi="Tải danh sách người", en="Export downloaded"),
    "accounts.exports_forgotten": Words(vi="Xóa tệp danh sách người", en="Exports deleted"),
    "audit.day_purged": Words(
        vi="Xóa dòng nhật ký của ngày đã hết hạn lưu", en="Rows of a day past its time deleted"
    ),
    "audit.key_changed": Words(vi="Đổi khóa của nhật ký", en="Key of the log changed"),
    "audit.seen": Words(vi="Xem nhật ký", en="Audit log seen"),
    "checkins.points_read": Words(vi="Đọc bảng điểm kiểm soát", en="Table of points read"),
    "checkins.points_imported": Words(vi="Nhận bảng điểm kiểm soát", en="Table of points taken in"),
    "checkins.points_import_dropped": Words(vi="Bỏ bảng điểm", en="Table of points dropped"),
    "checkins.points_import_stopped": Words(
        vi="Dừng ghi hoặc hoàn tác bảng điểm", en="Writing or undoing of a table of points stopped"
    ),
    "checkins.points_import_undone": Words(
        vi="Hoàn tác bảng điểm kiểm soát", en="Table of points undone"
    ),
    "checkins.premises_read": Words(vi="Đọc danh sách cơ sở", en="List of premises read"),
    "checkins.premises_imported": Words(vi="Nhận danh sách cơ sở", en="List of premises taken in"),
    "checkins.premises_import_dropped": Words(
        vi="Bỏ danh sách cơ sở", en="List of premises dropped"
    ),
    "checkins.premises_import_undone": Words(
        vi="Hoàn tác danh sách cơ sở", en="List of premises undone"
    ),
    "checkins.premises_linked": Words(vi="Nối cơ sở với điểm", en="Premises joined to a point"),
    "checkins.premises_linked_together": Words(
        vi="Nối nhiều cơ sở với điểm", en="Many premises joined to points"
    ),
    "checkins.premises_unlinked": Words(
        vi="Tách cơ sở khỏi điểm", en="Premises parted from points"
    ),
    "checkins.premises_not_the_same": Words(
        vi="Bỏ một đề xuất nối cơ sở", en="Proposed point of premises refused"
    ),
    "checkins.premises_exempted": Words(vi="Miễn cho cơ sở", en="Premises exempted"),
    "checkins.premises_obliged_again": Words(
        vi="Thôi miễn cho cơ sở", en="Exemption of premises taken back"
    ),
    "checkins.codes_rotated": Words(vi="Đổi mã QR của điểm", en="Codes of a point rotated"),
    "checkins.code_revoked": Words(vi="Thu hồi mã QR của điểm", en="Code of a point revoked"),
    "checkins.point_approved": Words(vi="Duyệt điểm kiểm soát", en="Control point approved"),
    "checkins.point_changed": Words(vi="Sửa điểm kiểm soát", en="Control point changed"),
    "checkins.point_closed": Words(vi="Đóng điểm kiểm soát", en="Control point closed"),
    "checkins.point_offer_declined": Words(vi="Từ chối nhận điểm", en="Offer of a point declined"),
    "checkins.point_offer_withdrawn": Words(
        vi="Rút lời giao điểm", en="Offer of a point withdrawn"
    ),
    "checkins.point_offered": Words(vi="Giao điểm cho chủ mới", en="Point offered to a new owner"),
    "checkins.point_opened": Words(vi="Mở lại điểm kiểm soát", en="Control point opened again"),
    "checkins.point_ownerless": Words(vi="Điểm không còn chủ", en="Control point without an owner"),
    "checkins.point_registered": Words(vi="Đăng ký điểm kiểm soát", en="Control point registered"),
    "checkins.point_suspended": Words(vi="Tạm dừng điểm kiểm soát", en="Control point suspended"),
    "checkins.point_taken": Words(vi="Chủ mới nhận điểm", en="Point taken by its new owner"),
    "checkins.point_undone": Words(vi="Hoàn tác việc với điểm", en="Decision on a point undone"),
    "checkins.points_exported": Words(vi="Xuất danh sách điểm", en="List of points exported"),
    "checkins.points_merged": Words(vi="Gộp hai điểm", en="Two points merged"),
    "checkins.points_parted": Words(vi="Hoàn tác gộp điểm", en="Merging of points undone"),
    "checkins.points_said_two": Words(
        vi="Ghi hai điểm không phải là một", en="Two points said not to be one"
    ),
    "checkins.points_unsaid_two": Words(
        vi="Xem lại hai điểm có thể là một", en="Two points suspected again"
    ),
    "checkins.all_left": Words(vi="Cho tất cả ra", en="All said to have left"),
    "checkins.all_left_undone": Words(vi="Hoàn tác cho tất cả ra", en="All said to be inside"),
    "checkins.door_device_bound": Words(vi="Giao điểm cho máy trực", en="Device bound to a point"),
    "checkins.door_key_destroyed": Words(vi="Hủy khóa của cửa", en="Key of doors destroyed"),
    "checkins.door_key_made": Words(vi="Tạo khóa mới của cửa", en="Key of doors made"),
    "checkins.keeper_named": Words(vi="Giao người trực điểm", en="Keeper of a point named"),
    "checkins.keeper_ended": Words(vi="Thôi quyền trực điểm", en="Keeper of a point ended"),
    "checkins.place_inspected": Words(vi="Kiểm tra tại chỗ", en="Place inspected"),
    "checkins.inspection_answered": Words(
        vi="Chủ điểm trả lời kiểm tra", en="Owner answered an inspection"
    ),
    "checkins.declared_first": Words(vi="Cần khai báo mới cho vào", en="Only who declared goes in"),
    "checkins.declared_first_dropped": Words(
        vi="Không cần khai báo để vào", en="A declaration is not needed to go in"
    ),
    "checkins.place_mended": Words(vi="Đã khắc phục sau nhắc", en="What was asked for was mended"),
    "checkins.place_reminded": Words(vi="Nhắc điểm, cơ sở", en="Place reminded"),
    "checkins.poster_reported": Words(vi="Có người báo bảng mã", en="Poster reported"),
    "checkins.poster_report_handled": Words(
        vi="Xử lý lần báo bảng mã", en="Report of a poster handled"
    ),
    "checkins.suspension_accepted": Words(vi="Đồng ý tạm dừng", en="Suspension accepted"),
    "checkins.suspension_ended": Words(vi="Hết tạm dừng", en="Suspension ended"),
    "checkins.suspension_proposed": Words(vi="Đề nghị tạm dừng", en="Suspension proposed"),
    "checkins.suspension_rejected": Words(vi="Không đồng ý tạm dừng", en="Suspension rejected"),
    "checkins.poster_printed": Words(vi="In một bảng mã", en="Poster printed"),
    "checkins.posters_asked": Words(vi="Đặt in bảng mã", en="Posters asked for"),
    "checkins.posters_cancelled": Words(vi="Hủy lần in bảng mã", en="Posters cancelled"),
    "checkins.posters_done": Words(vi="In xong bảng mã", en="Posters printed"),
    "checkins.posters_failed": Words(vi="Chưa in được bảng mã", en="Posters not printed"),
    "checkins.posters_taken": Words(vi="Tải bảng mã", en="Posters downloaded"),
    "checkins.visit_corrected": Words(vi="Sửa giờ một lượt đến", en="Visit corrected"),
    "checkins.revoked_listed": Words(vi="Lập danh sách mã thu hồi", en="List of revoked codes"),
    "config.breach_corrected": Words(vi="Sửa thông báo vi phạm", en="Breach notice corrected"),
    "config.breach_noticed": Words(vi="Lập thông báo vi phạm", en="Breach notice made"),
    "config.paper_downloaded": Words(
        vi="Tải hồ sơ dữ liệu cá nhân", en="Paper on processing downloaded"
    ),
    "config.paper_frozen": Words(vi="Chốt hồ sơ dữ liệu cá nhân", en="Paper on processing frozen"),
    "config.paper_sent": Words(
        vi="Ghi hồ sơ dữ liệu là đã gửi", en="Paper on processing noted as sent"
    ),
    "config.processing_stated": Words(
        vi="Khai báo về xử lý dữ liệu", en="Statement on processing written"
    ),
    "core.key_changed": Words(vi="Dùng khóa niêm phong mới", en="New sealing key in use"),
    "core.key_change_ended": Words(
        vi="Niêm phong lại xong bằng khóa mới", en="All sealed again under the new key"
    ),
    "core.key_destroyed": Words(vi="Hủy khóa cũ", en="Former key destroyed"),
    "declarations.care_called": Words(
        vi="Ghi kết quả gọi người có dấu hiệu bệnh", en="Result of a call to somebody ill"
    ),
    "declarations.care_claimed": Words(vi="Nhận gọi người có dấu hiệu bệnh", en="Call taken"),
    "declarations.care_joined": Words(
        vi="Tờ khai mới nhập vào việc đang chờ gọi", en="Declaration joined a call that waits"
    ),
    "declarations.care_opened": Words(
        vi="Có người cần gọi vì dấu hiệu bệnh", en="Somebody ill to be called"
    ),
    "declarations.care_raised": Words(
        vi="Việc gọi quá hạn chuyển lên cấp trên", en="Overdue call went one unit up"
    ),
    "declarations.care_released": Words(vi="Thôi nhận gọi", en="Call given back"),
    "declarations.care_undone": Words(vi="Hoàn tác kết quả gọi", en="Result of a call undone"),
    "declarations.contest_asked": Words(
        vi="Người dân báo kết quả khai báo sai", en="Outcome of a declaration contested"
    ),
    "declarations.contest_corrected": Words(
        vi="Sửa kết quả khai báo", en="Outcome of a declaration corrected"
    ),
    "declarations.contest_kept": Words(
        vi="Giữ kết quả khai báo", en="Outcome of a declaration kept"
    ),
    "declarations.form_added": Words(vi="Thêm mẫu tờ khai y tế", en="Form added as a draft"),
    "declarations.form_discarded": Words(vi="Bỏ mẫu tờ khai nháp", en="Draft of a form discarded"),
    "declarations.form_published": Words(vi="Đưa mẫu tờ khai vào dùng", en="Form published"),
    "declarations.form_retired": Words(vi="Ngừng dùng mẫu tờ khai", en="Form retired"),
    "declarations.forms_loaded": Words(
        vi="Nạp mẫu tờ khai của phần mềm", en="Forms of the package loaded"
    ),
    "declarations.link_used": Words(
        vi="Khai báo qua liên kết gửi bằng tin nhắn", en="Declared by a link sent by SMS"
    ),
    "declarations.links_sent": Words(
        vi="Gửi liên kết khai báo bằng tin nhắn", en="Links to declare sent by SMS"
    ),
    "declarations.obligation_added": Words(
        vi="Ghi nghĩa vụ khai báo của một nhóm", en="Group obliged to declare"
    ),
    "declarations.obligation_ended": Words(
        vi="Kết thúc nghĩa vụ khai báo", en="Obligation to declare ended"
    ),
    "declarations.pile_begun": Words(
        vi="Bắt đầu nhập một chồng tờ khai giấy", en="Entry of a pile of paper begun"
    ),
    "declarations.rules_approved": Words(
        vi="Duyệt quy tắc phân loại", en="Rules of declarations approved"
    ),
    "declarations.rules_discarded": Words(vi="Bỏ quy tắc nháp", en="Draft of rules discarded"),
    "declarations.rules_drafted": Words(vi="Soạn quy tắc phân loại", en="Rules drafted"),
    "declarations.rules_ended": Words(vi="Ngừng dùng quy tắc phân loại", en="Rules taken back"),
    "declarations.rules_rejudged": Words(
        vi="Tính lại màu thẻ theo quy tắc mới", en="Cards judged anew by other rules"
    ),
    "declarations.said_for": Words(vi="Khai báo hộ", en="Declared for somebody"),
    "declarations.sheet_entered": Words(vi="Nhập tờ khai giấy", en="Paper declaration entered"),
    "declarations.sheet_undone": Words(
        vi="Bỏ tờ khai giấy nhập nhầm", en="Paper declaration taken back"
    ),
    "declarations.rules_tried": Words(
        vi="Chạy thử quy tắc phân loại", en="Rules tried against what was declared"
    ),
    "directives.candidate_kept": Words(
        vi="Giữ bản đọc văn bản làm mẫu", en="Reading of a letter kept as an example"
    ),
    "directives.candidate_withdrawn": Words(
        vi="Rút mẫu bản đọc văn bản", en="Example reading withdrawn"
    ),
    "directives.candidate_downloaded": Words(
        vi="Tải mẫu bản đọc văn bản", en="Example reading downloaded"
    ),
    "directives.item_changed": Words(vi="Sửa mục đọc từ văn bản", en="Item of a letter changed"),
    "directives.letter_discarded": Words(vi="Bỏ văn bản đến", en="Received letter discarded"),
    "directives.letter_forgotten": Words(
        vi="Xóa hẳn văn bản đã bỏ", en="Discarded letter deleted for good"
    ),
    "directives.letter_read": Words(vi="Máy đọc xong văn bản", en="Letter read by the machine"),
    "directives.letter_received": Words(vi="Nhận văn bản đến", en="Letter received"),
    "directives.original_downloaded": Words(
        vi="Tải bản gốc văn bản đến", en="Original of a letter downloaded"
    ),
    "directives.target_made": Words(
        vi="Đặt chỉ tiêu từ văn bản", en="Target made of a letter's goal"
    ),
    "duties.cancelled": Words(vi="Hủy một lần", en="Occurrence cancelled"),
    "duties.ended": Words(vi="Kết thúc nghĩa vụ", en="Duty ended"),
    "duties.feed_made": Words(vi="Tạo địa chỉ lịch", en="Calendar address made"),
    "duties.feed_removed": Words(vi="Bỏ địa chỉ lịch", en="Calendar address removed"),
    "duties.met": Words(vi="Việc đã đến", en="Duty met"),
    "duties.not_raised": Words(vi="Không báo cấp trên", en="Not raised"),
    "duties.owed": Words(vi="Giao nghĩa vụ", en="Duty written down"),
    "duties.raise_proposed": Words(vi="Đề nghị báo cấp trên", en="Proposed to raise"),
    "duties.raised": Words(vi="Báo cấp trên", en="Raised to the next unit up"),
    "duties.reminded": Words(vi="Nhắc việc", en="Reminded"),
    "duties.reopened": Words(vi="Mở lại một lần", en="Occurrence opened again"),
    "duties.taken_back": Words(vi="Lấy lại việc đã báo xong", en="Taken back"),
    "duties.waived": Words(vi="Miễn một lần", en="Occurrence waived"),
    "locations.boundaries_accepted": Words(vi="Nhận ranh giới", en="Boundaries accepted"),
    "locations.boundaries_dropped": Words(vi="Bỏ bản nháp ranh giới", en="Boundaries dropped"),
    "locations.boundaries_read": Words(vi="Đọc tệp ranh giới", en="Boundaries read"),
    "locations.boundaries_undone": Words(vi="Hoàn tác ranh giới", en="Boundaries taken back"),
    "locations.criteria_set": Words(vi="Lưu tiêu chí cấp độ dịch", en="Criteria of levels kept"),
    "locations.level_set": Words(vi="Ghi cấp độ dịch", en="Area level set"),
    "locations.level_withdrawn": Words(vi="Rút cấp độ dịch", en="Area level taken back"),
    "locations.loaded": Words(vi="Nạp danh mục đơn vị", en="Administrative units loaded"),
    "locations.organisation_added": Words(vi="Thêm tổ chức", en="Organisation added"),
    "locations.organisation_changed": Words(vi="Sửa tổ chức", en="Organisation changed"),
    "locations.organisation_closed": Words(vi="Đóng tổ chức", en="Organisation closed"),
    "locations.organisation_undone": Words(
        vi="Hoàn tác thay đổi của tổ chức", en="Change of an organisation undone"
    ),
    "locations.organisations_import_dropped": Words(
        vi="Bỏ danh sách tổ chức", en="List of organisations dropped"
    ),
    "locations.organisations_import_undone": Words(
        vi="Hoàn tác danh sách tổ chức", en="List of organisations undone"
    ),
    "locations.organisations_imported": Words(
        vi="Nhận danh sách tổ chức", en="List of organisations taken in"
    ),
    "locations.organisations_merged": Words(vi="Sáp nhập tổ chức", en="Organisations merged"),
    "locations.organisations_read": Words(
        vi="Đọc danh sách tổ chức", en="List of organisations read"
    ),
    "messaging.budget_reached": Words(vi="SMS chạm mức báo trong ngày", en="SMS budget reached"),
    "messaging.delivered": Words(vi="Tin đã đến máy", en="Message delivered"),
    "messaging.mail_came": Words(vi="Thư đến", en="Mail came in"),
    "messaging.mail_refused": Words(vi="Từ chối thư đến", en="Mail refused"),
    "messaging.mail_set_aside": Words(vi="Để riêng thư đến", en="Mail set aside"),
    "messaging.mail_taken": Words(vi="Nhận thư đến", en="Mail taken"),
    "messaging.mailbox_away": Words(vi="Không đọc được hộp thư đến", en="Mailbox not readable"),
    "messaging.given_up": Words(vi="Không gửi được tin", en="Message given up"),
    "messaging.opted_in": Words(vi="Nhận tin lại", en="Opted in again"),
    "messaging.opted_out": Words(vi="Từ chối tin", en="Opted out"),
    "messaging.posted": Words(vi="Viết tin gửi đi", en="Message posted"),
    "messaging.retried": Words(vi="Cho gửi lại tin", en="Message let go again"),
    "messaging.sent": Words(vi="Gửi tin", en="Message sent"),
    "messaging.sms_came": Words(vi="Tin nhắn đến", en="SMS came in"),
    "messaging.sms_refused": Words(vi="Từ chối tin nhắn đến", en="SMS refused"),
    "messaging.sms_set_aside": Words(vi="Để riêng tin nhắn đến", en="SMS set aside"),
    "messaging.sms_taken": Words(vi="Nhận tin nhắn đến", en="SMS taken"),
    "messaging.template_written": Words(vi="Viết mẫu tin mới", en="Template written"),
    "messaging.undelivered": Words(vi="Tin không đến được máy", en="Message not delivered"),
    "people.card_ended": Words(vi="Thu hồi thẻ màu", en="Card ended"),
    "people.card_printed": Words(vi="In thẻ mã cá nhân", en="Personal card printed"),
    "people.card_revoked": Words(vi="Hủy thẻ mã cá nhân", en="Personal card revoked"),
    "people.cards_recoloured": Words(vi="Đổi màu nhiều thẻ", en="Colour of many cards changed"),
    "people.card_written": Words(vi="Ghi thẻ màu", en="Card written"),
    "people.cards_written": Words(vi="Ghi thẻ màu theo tờ khai", en="Cards written"),
    "people.code_asked": Words(vi="Xin mã xác thực số điện thoại", en="Code for a number asked"),
    "people.code_read": Words(vi="Quét mã cá nhân tại cửa", en="Personal code read at a door"),
    "people.code_refused": Words(vi="Mã xác thực chưa đúng", en="Code for a number refused"),
    "people.device_ended": Words(vi="Gỡ điện thoại của người dân", en="Citizen's device ended"),
    "people.device_registered": Words(
        vi="Đăng ký điện thoại ẩn danh", en="Citizen's device registered"
    ),
    "people.document_forgotten": Words(vi="Xóa giấy tờ của một người", en="Document forgotten"),
    "people.looked_up": Words(vi="Tra cứu người", en="Persons looked up"),
    "people.person_added": Words(vi="Ghi một người vào sổ", en="Person added"),
    "people.person_changed": Words(vi="Sửa thông tin một người", en="Person corrected"),
    "people.basis_ended": Words(vi="Rút ngắn căn cứ xử lý", en="Legal basis of a campaign ended"),
    "people.basis_approved": Words(
        vi="Duyệt căn cứ xử lý dữ liệu", en="Legal basis of a campaign approved"
    ),
    "people.basis_proposed": Words(
        vi="Đề nghị căn cứ xử lý dữ liệu", en="Legal basis of a campaign proposed"
    ),
    "people.basis_refused": Words(
        vi="Không duyệt căn cứ xử lý dữ liệu", en="Legal basis of a campaign refused"
    ),
    "people.basis_withdrawn": Words(
        vi="Rút đề nghị căn cứ xử lý", en="Proposed legal basis taken back"
    ),
    "people.consent_given": Words(vi="Đồng ý một việc sử dụng dữ liệu", en="Consent given"),
    "people.consent_withdrawn": Words(vi="Rút sự đồng ý", en="Consent withdrawn"),
    "people.door_code_asked": Words(vi="Xin mã ghi người ở cửa", en="Code at a door asked"),
    "people.door_code_proved": Words(vi="Đúng mã ghi người ở cửa", en="Code at a door was right"),
    "people.door_code_refused": Words(vi="Sai mã ghi người ở cửa", en="Code at a door refused"),
    "people.downloaded": Words(vi="Tải dữ liệu của mình", en="Own data downloaded"),
    "people.erased": Words(vi="Xóa dữ liệu của một người", en="Person erased"),
    "people.purged": Words(
        vi="Xóa người, máy đã hết hạn lưu", en="Persons and devices past their time deleted"
    ),
    "people.request_answered": Words(
        vi="Trả lời yêu cầu về dữ liệu", en="Request about data answered"
    ),
    "people.request_asked": Words(
        vi="Người dân gửi yêu cầu về dữ liệu", en="Request about data came"
    ),
    "people.request_done": Words(
        vi="Thực hiện yêu cầu về dữ liệu", en="Request about data carried out"
    ),
    "people.request_dropped": Words(vi="Người dân rút yêu cầu", en="Request about data taken back"),
    "people.request_extended": Words(
        vi="Gia hạn yêu cầu về dữ liệu", en="Request about data extended"
    ),
    "people.request_refused": Words(
        vi="Không thực hiện yêu cầu về dữ liệu", en="Request about data refused"
    ),
    "people.phone_proved": Words(vi="Xác thực số điện thoại", en="Telephone number proved"),
    "people.residence_changed": Words(vi="Đổi nơi ở", en="Residence changed"),
    "people.seen_at_door": Words(vi="Xem người ở cửa", en="Person seen at a door"),
    "people.standing_ended": Words(vi="Chấm dứt diện theo dõi", en="Standing ended"),
    "people.standing_written": Words(vi="Ghi diện theo dõi", en="Standing written"),
    "reports.corrected": Words(vi="Đính chính báo cáo", en="Report corrected"),
    "reports.downloaded": Words(vi="Tải báo cáo", en="Report downloaded"),
    "reports.issued": Words(vi="Phát hành báo cáo", en="Report issued"),
    "reports.numbered": Words(vi="Ghi số, ngày văn bản", en="Report given its number and date"),
    "uptake.campaign_ended": Words(vi="Kết thúc chiến dịch", en="Campaign ended"),
    "uptake.campaign_reopened": Words(vi="Mở lại chiến dịch", en="Campaign reopened"),
    "uptake.campaign_set": Words(vi="Đặt chiến dịch", en="Campaign set"),
    "uptake.columns_forgotten": Words(vi="Quên ý nghĩa cột", en="Columns forgotten"),
    "uptake.facts_published": Words(vi="Công bố số liệu", en="Figures published"),
    "uptake.facts_recorded": Words(vi="Ghi số liệu", en="Figures recorded"),
    "uptake.facts_withdrawn": Words(vi="Rút số liệu", en="Figures withdrawn"),
    "uptake.finding_decided": Words(vi="Xử lý phát hiện sai lệch", en="Finding decided"),
    "uptake.import_dropped": Words(vi="Bỏ bảng đã nộp", en="Submitted table dropped"),
    "uptake.form_ended": Words(vi="Kết thúc biểu mẫu báo cáo", en="Report form ended"),
    "uptake.form_made": Words(vi="Lập biểu mẫu báo cáo", en="Report form made"),
    "uptake.import_received": Words(vi="Nhận bảng số liệu", en="Table of figures received"),
    "uptake.original_forgotten": Words(
        vi="Xóa tệp gốc của báo cáo hết hạn giữ", en="Report's original deleted"
    ),
    "uptake.caller_forgotten": Words(
        vi="Xóa tên người gọi hết hạn giữ", en="Caller's name forgotten"
    ),
    "uptake.population_dropped": Words(vi="Bỏ bảng dân số", en="Table of population dropped"),
    "uptake.population_received": Words(vi="Nhận bảng dân số", en="Table of population received"),
    "uptake.population_recorded": Words(vi="Ghi bảng dân số", en="Table of population recorded"),
    "uptake.population_used": Words(vi="Chọn dân số làm mẫu số", en="Population chosen as base"),
    "uptake.population_withdrawn": Words(vi="Rút bảng dân số", en="Population taken back"),
    "uptake.report_accepted": Words(vi="Nhận báo cáo số liệu", en="Figure report accepted"),
    "uptake.report_came": Words(vi="Báo cáo số liệu gửi đến", en="Figure report came"),
    "uptake.report_dropped": Words(vi="Bỏ báo cáo chưa gửi", en="Figure report dropped"),
    "uptake.report_sent_back": Words(vi="Trả lại báo cáo số liệu", en="Figure report sent back"),
    "uptake.reporter_added": Words(vi="Giao đầu mối báo cáo", en="Reporter named"),
    "uptake.reporter_ended": Words(vi="Đầu mối ngừng báo cáo", en="Reporter ended"),
    "uptake.reporter_moved": Words(
        vi="Đầu mối chuyển sang bản mới của biểu mẫu",
        en="Reporter moved to the new version of a form",
    ),
    "uptake.table_approval_taken_back": Words(
        vi="Bỏ duyệt bảng trong ngày", en="Approval of a day table taken back"
    ),
    "uptake.table_approved": Words(vi="Duyệt bảng trong ngày", en="Day table approved"),
    "uptake.table_made": Words(vi="Lập bảng trong ngày", en="Day table made"),
    "uptake.table_published": Words(vi="Công bố bảng trong ngày", en="Day table published"),
    "uptake.target_ended": Words(vi="Kết thúc chỉ tiêu", en="Target ended"),
    "uptake.target_reopened": Words(vi="Mở lại chỉ tiêu", en="Target reopened"),
    "uptake.target_set": Words(vi="Đặt chỉ tiêu", en="Target set"),
}

# Why somebody looks or acts, and those who are nobody in particular.
PURPOSES = {
    "duty": Words(vi="Công vụ", en="Duty"),
    "public": Words(vi="Công khai", en="Public"),
    "upkeep": Words(vi="Vận hành", en="Upkeep"),
}
SOMEBODY = {
    "public": Words(vi="Người chưa đăng nhập", en="Not signed in"),
    "system:worker": Words(vi="Hệ thống", en="The system"),
}

Detail = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the log as others see it."""

    id: UUID
    sequence: int
    event: str
    words: Words
    by: str
    at: datetime
    subject: str
    purpose: str
    detail: Detail


@dataclass(frozen=True, slots=True)
class Seal:
    """The chain up to one row."""

    position: int
    digest: str
    sealed_at: datetime
